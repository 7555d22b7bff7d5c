"""`deskmate practice`: the screens on a scene to rehearse, or the list of scenes."""

from deskmate.cli.output import FAINT
from deskmate.cli.session import Session
from deskmate.desk.practice import Offer
from deskmate.faults import BadUsage


def practice(session: Session) -> int:
    """Open the screens on a scene, on the list of scenes, or print that list.

    Raises:
        BadUsage: --json was given without --list, or --list with an id.
        NotFound: there is no such scene.
        DeskMateError: the screens cannot be shown here.
    """
    args = session.args
    if args.list:
        if args.id:
            raise BadUsage("--list takes no id.", "Give one of the two.")
        _list(session)
        return 0
    if args.json:
        raise BadUsage("--json goes with --list.", "See: deskmate practice --list --json")
    name = session.desk.practices.named(args.id).scene.name if args.id else ""
    from deskmate.cli.screens import open_screens

    return open_screens(session, name)


def _list(session: Session) -> None:
    """Every scene, below its playbook."""
    offers = session.desk.practices.offers
    if session.args.json:
        session.out.json([_as_json(offer) for offer in offers])
        return
    title = ""
    for offer in offers:
        if offer.title != title:
            title = offer.title
            mark = "" if offer.urgency == "routine" else f" [{offer.urgency}]"
            session.out.line((f"{title}{mark}", FAINT))
        session.out.line(f"  {offer.scene.name:<45} {offer.scene.who}")
    session.out.line(f"{len(offers)} scenes. Rehearse one: deskmate practice ID")


def _as_json(offer: Offer) -> dict[str, object]:
    scene = offer.scene
    return {
        "id": scene.name,
        "playbook": scene.playbook,
        "title": offer.title,
        "category": offer.family,
        "urgency": offer.urgency,
        "who": scene.who,
        "channel": scene.channel,
        "steps": len(scene.turns),
    }
