"""Notices, as every screen sees them: how many there are, and posting one from anywhere."""

from textual.reactive import reactive

from deskmate.screens.going import GoingApp


class NoticingApp(GoingApp):
    """An app that keeps an eye on the notices of its desk."""

    noticed: reactive[tuple[str, ...]] = reactive(())
    """What the strip says of them: how many and which key shows them, then each broken thing in its own words."""

    def look_at_notices(self) -> None:
        """Look again, also for what other desks posted."""
        board = self.desk.board
        board.look()
        today = board.today()
        number = len(today)
        keys = ("promises-mark", "promise-notices") if self.desk.log.open_promises() else ("promises-mark",)
        counted = f"{number} notice{'' if number == 1 else 's'}: {' '.join(map(self.key, keys))} opens"
        broken = (each.text.rstrip(".") for each in today if each.kind == "broken")
        self.noticed = (counted, *broken) if number else ()

    def action_post_notice(self) -> None:
        """Tell every desk something, until a time."""
        from deskmate.screens.notice_form import NoticeForm

        self.push_screen(NoticeForm(), lambda made: self.look_at_notices() if made else None)
