"""`deskmate survey`: the reference transactions of a year, counted or estimated, as surveys ask for them."""

from deskmate.cli.session import Session
from deskmate.cli.summaries import width
from deskmate.reports.survey_words import survey_json, survey_text


def survey(session: Session) -> int:
    """Print the figures of a year under each rule set, with the rule and how they came about.

    Raises:
        BadUsage: the year is none.
    """
    args, surveys = session.args, session.desk.surveys
    year = surveys.year(args.year) if args.year else surveys.usual_year()
    made = surveys.survey(year, dict(surveys.days(year)), quarters=args.quarters)
    if args.json:
        session.out.json(survey_json(made))
    else:
        session.out.text(survey_text(made, width(session)))
    return 0
