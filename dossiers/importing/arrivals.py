"""From one row to the dossier that would arrive: where, what, when, and whose it is.

Each question that everything else hangs on (which desk, received when, which procedure) is asked
in its turn; without an answer the rest of the row is not read. Faults are kept by the reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from dossiers import due_dates
from dossiers.acts import Intake
from dossiers.acts.carrying import WAITS, Arriving
from dossiers.importing import vocabulary
from dossiers.importing.matching import Agencies, Catalogue
from dossiers.importing.reading import Reader
from dossiers.models import Party, State
from khanhson_portal.ground.moments import first_moment, local_day
from khanhson_portal.ground.words import short_date
from procedures.catalogue import ProcedureCase, ProcedureVersion
from procedures.offices import Agency
from procedures.worktime import WorkCalendar

OPENING = time(7)  # a day without its hour, where no working hours say better


@dataclass(frozen=True)
class Reception:
    """Where and when a dossier was received, and the working time that counts there."""

    desk: Agency
    at: datetime
    calendar: WorkCalendar

    @property
    def day(self) -> date:
        return local_day(self.at)


class Arrivals:
    """The catalogue, the agencies and the calendars, read once for all rows of a file."""

    def __init__(self, source: str, desk: Agency | None, now: datetime) -> None:
        self._source, self._desk, self._now = source, desk, now
        self._catalogue, self._agencies = Catalogue(), Agencies(local_day(now))
        self._calendars: dict[int, tuple[date, WorkCalendar]] = {}

    def arriving(self, reader: Reader, state: State | None) -> Arriving | None:
        """Return what the row says, None when something that everything hangs on is missing."""
        desk = self._desk_of(reader)
        people = reader.people()
        reception = self._reception(reader, desk)
        if reception is None or state is None:
            return None
        version = self._version(reader, reception)
        if version is None:
            return None
        case = self._case(reader, version)
        holder = self._holder(reader, version, reception)
        finished_at = self._moment(reader, "finished", reception)
        asked_at = self._moment(reader, "asked", reception)
        promised_at = _promise(reader, reception.calendar)
        self._check_days(reader, state, reception.at)
        if case is None or reader.faults:
            return None
        return Arriving(
            intake=_intake(reader, version, case, people, reception),
            old_code=reader.old_code(),
            source=self._source,
            state=state,
            holder=reception.desk if state in {State.ACCEPTED, State.FINISHED} else holder,
            promised_at=promised_at,
            asked_at=asked_at if state in WAITS else None,
            finished_at=finished_at if state == State.FINISHED else None,
            result=reader.result(),
        )

    def calendar(self, desk: Agency, day: date) -> WorkCalendar:
        """Return the calendar of a desk that reaches back to ``day``; read again only for older."""
        since, calendar = self._calendars.get(desk.pk, (date.max, None))
        if calendar is None or day < since:
            calendar = due_dates.calendar_of(desk, first_moment(day))
            self._calendars[desk.pk] = (day, calendar)
        return calendar

    def _desk_of(self, reader: Reader) -> Agency | None:
        """Return the desk that the row names, else that of the whole file."""
        typed = reader.said("desk")
        if not typed:
            return self._desk
        with reader.blaming("desk"):
            return self._agencies.desk(typed)
        return None

    def _reception(self, reader: Reader, desk: Agency | None) -> Reception | None:
        received = reader.when("received") or reader.when("submitted")
        if reader.has("submitted") and not reader.has("received"):
            reader.notes.append("không có ngày nhận: lấy ngày nộp làm ngày nhận")
        if not reader.has("received") and not reader.has("submitted"):
            reader.fault("received", "thiếu ngày nhận")
        if not reader.faults and desk is None:
            reader.fault("desk", "tệp không ghi nơi tiếp nhận; chọn bộ phận một cửa cho cả tệp")
        if reader.faults or desk is None or received is None:
            return None
        calendar = self.calendar(desk, received.day)
        return Reception(desk, received.at(_opening(calendar, received.day)), calendar)

    def _version(self, reader: Reader, reception: Reception) -> ProcedureVersion | None:
        code, title = reader.said("procedure_code"), reader.said("title")
        with reader.blaming("procedure_code" if code else "title"):
            return self._catalogue.version(code, title, reception.desk, reception.day)
        return None

    def _holder(self, reader: Reader, version: ProcedureVersion, reception: Reception) -> Agency:
        """Return who works on the dossier: as the row says, else whoever solves the procedure."""
        desk = reception.desk
        if reader.has("solver"):
            with reader.blaming("solver"):
                return self._agencies.solver(reader.said("solver"), desk)
        return self._catalogue.solver(version, desk, reception.day) or desk.issuer

    def _case(self, reader: Reader, version: ProcedureVersion) -> ProcedureCase | None:
        with reader.blaming("case"):
            return self._catalogue.case(version, reader.said("case"))
        return None

    def _moment(self, reader: Reader, name: str, reception: Reception) -> datetime | None:
        """Return a later moment of the row; without its hour it is the opening of that day."""
        found = reader.when(name)
        if found is None:
            return None
        moment = found.at(_opening(reception.calendar, found.day))
        if found.day < reception.day:
            reader.fault(name, f"{short_date(found.day)} trước ngày nhận")
        if moment > self._now:
            reader.fault(name, f"{short_date(found.day)} ở tương lai")
        return max(moment, reception.at)

    def _check_days(self, reader: Reader, state: State, received_at: datetime) -> None:
        if received_at > self._now:
            reader.fault("received", f"{short_date(received_at.date())} ở tương lai")
        if received_at.year < 2000:
            reader.fault("received", f"năm {received_at.year} quá xa; kiểm tra lại năm")
        if state == State.FINISHED and not reader.has("finished"):
            reader.fault("finished", "hồ sơ đã có kết quả nhưng thiếu ngày kết thúc xử lý")
        if state in WAITS and not reader.has("asked"):
            reader.fault("asked", f"hồ sơ đang {WAITS[state].label} nhưng thiếu ngày yêu cầu")


def _intake(
    reader: Reader,
    version: ProcedureVersion,
    case: ProcedureCase,
    people: tuple[Party, Party | None],
    reception: Reception,
) -> Intake:
    owner, submitter = people
    return Intake(
        desk=reception.desk,
        version=version,
        case=case,
        owner=owner,
        submitter=submitter,
        channel=reader.channel(),
        sets=reader.sets(),
        delivery=vocabulary.delivery(reader.said("delivery")),
        note=reader.said("note"),
        received_at=reception.at,
    )


def _promise(reader: Reader, calendar: WorkCalendar) -> datetime | None:
    """Return the end of the day that the old receipt promises."""
    promised = reader.when("promised")
    return promised.at(calendar.closing_time(promised.day).time()) if promised else None


def _opening(calendar: WorkCalendar, day: date) -> time:
    """Return when the office opens on ``day``: the earliest a dossier without an hour came in."""
    hours = calendar.sessions_on(day)
    return hours[0][0].time() if hours else OPENING
