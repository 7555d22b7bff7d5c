"""What the patron may see: the blank screen, and the card with the few keys that work on it."""

from deskmate.screens.saving import SavingApp


class CoveringApp(SavingApp):
    """An app whose screen can be covered, and whose actions stop where a patron has the keyboard."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Whether an action of the app works now: a screen that the patron reads allows only a few."""
        from deskmate.screens.base import Place

        screen = self.screen if self.screen_stack else None
        only = screen.ONLY if isinstance(screen, Place) else None
        return only is None or action in only

    def action_private(self) -> None:
        """Blank the screen, or come back; a card is taken away from the patron."""
        from deskmate.screens.card import CardScreen
        from deskmate.screens.private import PrivateScreen

        if isinstance(self.screen, CardScreen):
            self.screen.leave()
        elif isinstance(self.screen, PrivateScreen):
            self.pop_screen()
        else:
            self.push_screen(PrivateScreen())

    def blank(self) -> None:
        """Nobody has touched a key for long.

        A card stays: it has nothing to hide, and some people read slowly. HELP stays: nobody types in an emergency.
        """
        from deskmate.screens.card import CardScreen
        from deskmate.screens.help import HelpScreen
        from deskmate.screens.private import PrivateScreen

        stays = any(isinstance(screen, (CardScreen, HelpScreen)) for screen in self.screen_stack)
        if not stays and not isinstance(self.screen, PrivateScreen):
            self.push_screen(PrivateScreen())
