"""The words that staff type and the guide they meant by them."""

from deskmate.screens.app import DeskMateApp
from deskmate.screens.widgets.rows import Row


def ask_what_was_meant(app: DeskMateApp, playbook: str, *, discreet: bool) -> None:
    """Remember what was typed before a guide was opened as meaning it; words that are remembered are forgotten.

    Args:
        app: the app, which says what became of it.
        playbook: the id of the guide.
        discreet: a list of what was typed is not for the person in front.
    """
    words = app.desk.learning.meant_by(f"playbook:{playbook}")
    if not words:
        app.say("Nothing was typed that could be remembered for this guide.")
    elif len(words) == 1 or discreet:
        _remember(app, playbook, words[0], discreet=discreet)
    else:
        from deskmate.screens.dialogs import Choose

        def chosen(text: str | None) -> None:
            if text:
                _remember(app, playbook, text, discreet=discreet)

        app.push_screen(Choose("Which words meant this guide?", [Row(f"words:{text}", text) for text in words]), chosen)


def _remember(app: DeskMateApp, playbook: str, words: str, *, discreet: bool) -> None:
    learning = app.desk.learning
    if words in learning.phrases().get(playbook, ()):
        kept = app.keep(lambda: learning.forget(words), "Forgotten again.")
    else:
        said = "Remembered." if discreet else f'Remembered: "{words}" finds this guide. {app.key("meant")} forgets it.'
        kept = app.keep(lambda: learning.remember(words, f"playbook:{playbook}"), said)
    if kept is not None:
        app.desk.answers.learned_more()
