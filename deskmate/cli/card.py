"""`deskmate card`: a card for the patron as text or as a page for the browser, and the list of them."""

from pathlib import Path

from deskmate.cli.output import BOLD, FAINT
from deskmate.cli.session import Session
from deskmate.desk.cards import Cards
from deskmate.faults import BadUsage
from deskmate.playbooks.cards import TwoWayCard


def card(session: Session) -> int:
    """Print one card, write it as a page, or list them all.

    Raises:
        BadUsage: neither an id nor --list was given, or both; there is no such card or language.
        DeskMateError: the language is off.
        NotSaved: the page could not be written.
    """
    args, cards = session.args, session.desk.cards
    if bool(args.id) == args.list:
        raise BadUsage("Give a card's id, or --list.", "See: deskmate card --list")
    if args.list:
        _list(session, cards)
        return 0
    found = cards.card(args.id, args.language)
    if args.html:
        from deskmate.playbooks.cards_page import compose_card
        from deskmate.reports.export import write_file

        write_file(Path(args.html), [compose_card(found)])
        session.out.note(f"Written: {args.html}")
    elif args.json:
        session.out.json(_as_json(found))
    else:
        _print(session, found)
    return 0


def _print(session: Session, card: TwoWayCard) -> None:
    """Line by line, the staff's words after the patron's."""
    staff = f"  {card.staff}" if card.two_languages else ""
    session.out.line((card.sentence, BOLD), (staff, FAINT))
    for number, choice in enumerate(card.choices, 1):
        staff = f"  {choice.staff}" if choice.staff != choice.words else ""
        session.out.line(f"  {number}. {choice.words}", (staff, FAINT))


def _list(session: Session, cards: Cards) -> None:
    """Every card in English, and the languages with whether they are on."""
    languages = [cards.language(code) for code in cards.codes]
    if session.args.json:
        session.out.json(
            {
                "cards": [
                    {
                        "id": each.id,
                        "sentence": each.sentence,
                        "choices": [{"id": name, "words": words} for name, words in each.choices.items()],
                    }
                    for each in cards.english()
                ],
                "languages": [
                    {
                        "code": each.code,
                        "name": each.name,
                        "english": each.english,
                        "direction": each.direction,
                        "unreviewed": each.unreviewed,
                        "on": not cards.why_off(each),
                    }
                    for each in languages
                ],
            }
        )
        return
    for each in cards.english():
        session.out.line(f"  {each.id:<15} {each.sentence}")
    off = [language for language in languages if cards.why_off(language)]
    for language in languages:
        state = "no person has reviewed it" if language.unreviewed else ""
        words = ", ".join(filter(None, ("off" if language in off else "", state)))
        session.out.line(f"  {language.code:<15} {language.name}", (f"  {words}" if words else "", FAINT))
    if off:
        session.out.line(("What is off is switched on by unreviewed under [cards] in settings.toml.", FAINT))


def _as_json(card: TwoWayCard) -> dict[str, object]:
    return {
        "id": card.id,
        "language": card.language.code,
        "direction": card.language.direction,
        "sentence": card.sentence,
        "staff": card.staff,
        "choices": [{"id": each.id, "words": each.words, "staff": each.staff} for each in card.choices],
    }
