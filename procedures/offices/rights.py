"""Bảng quyền: who may do and see what, and where. This table is the whole rule.

Pages, menus, buttons, acts on dossiers, Django's admin, commands and the page ``/quan-tri/quyen/``
read it; ``procedures.offices.reach`` says which agencies a scope means for one officer.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from django.db import models

from procedures.offices import Role


class Scope(Enum):
    """Where a role counts. The value is what people read."""

    OWN = "ở nơi giữ vị trí công tác"
    HOLDER = "khi hồ sơ đang ở nơi giữ vị trí công tác"
    COMMITTEE = "ở ủy ban của mình, một cửa và các phòng của ủy ban ấy"
    BELOW = "ở ủy ban của mình và mọi đơn vị bên dưới"
    WHOLE_DISTRICT = "toàn địa bàn; chỉ với vị trí ở ủy ban chủ quản cổng, phòng và một cửa của nó"


class Right(models.TextChoices):
    """Every right, with the words people read; two pages that one person always needs are one."""

    # everybody's
    ENTER = "enter", "Vào trang của cán bộ, xem lời tin báo, in tờ rơi, đề nghị rà soát"
    SEE_DOSSIERS = "see_dossiers", "Xem hồ sơ và giấy tờ của hồ sơ"
    ISSUE_PAPERS = "issue_papers", "Lập giấy tờ ngoài các việc (phiếu kiểm soát, biên lai …)"
    # acts on one dossier
    RECEIVE = "receive", "Tiếp nhận, hướng dẫn, nhận bổ sung, cho rút hồ sơ ở quầy"
    RESERVE_NUMBERS = "reserve_numbers", "Giữ số cho phiếu dự phòng"
    HAND_OVER = "hand_over", "Chuyển hồ sơ"
    ASSIGN = "assign", "Phân công hồ sơ"
    WORK_ON = "work_on", "Giải quyết hồ sơ: yêu cầu bổ sung, trình ký, từ chối"
    ASK_PARTNERS = "ask_partners", "Hỏi cơ quan phối hợp"
    NOTE_ANSWERS = "note_answers", "Ghi đã nộp tiền, đã nhận ý kiến phối hợp"
    SIGN = "sign", "Ký duyệt hoặc trả lại để xem lại"
    FINISH = "finish", "Ghi kết quả"
    GIVE_BACK = "give_back", "Trả kết quả, ghi nơi để kết quả"
    ANSWER_FOR = "answer_for", "Xin lỗi và hẹn lại, dừng giải quyết"
    MEND = "mend", "Mở lại để đính chính, chuyển cơ quan kế thừa"
    # in charge of a desk or of what lies below
    VOID_PAPERS = "void_papers", "Hủy giấy tờ đã phát hành"
    SEE_PROOF = "see_proof", "Xem tài liệu kiểm chứng"
    OVERSEE = "oversee", "Xem việc bất thường và ai đã xem hồ sơ"
    FOLLOW_NOTICES = "follow_notices", "Theo dõi tin báo, gửi lại, ghi đã gọi điện"
    GIVE_CALENDARS = "give_calendars", "Lập và thu hồi địa chỉ lịch hẹn trả"
    MANAGE_RECEPTION = "manage_reception", "Phân công trực, ảnh, biển tên, kiểm tra nơi tiếp dân"
    WRITE_GUIDANCE = "write_guidance", "Ghi sổ hướng dẫn"
    MANAGE_GUIDANCE = "manage_guidance", "Lập tổ hướng dẫn và lịch của tổ"
    WATCH_GUIDANCE = "watch_guidance", "Xem việc hướng dẫn từng tuần"
    MANAGE_SCREENS = "manage_screens", "Thêm, đổi, thôi dùng màn hình tra cứu"
    SEE_SCREENS = "see_screens", "Xem màn hình tra cứu và số lượt dùng"
    # the whole district's
    CHANGE_CALENDAR = "change_calendar", "Sửa lịch nghỉ (riêng trưởng một cửa: nơi mình tạm nghỉ)"
    SET_WORKING_TIME = "set_working_time", "Sửa giờ làm việc (riêng trưởng một cửa: của nơi mình)"
    CONFIRM_YEARS = "confirm_years", "Xác nhận lịch nghỉ đã công bố của một năm"
    PREPARE_MONTHS = "prepare_months", "Lập và xem bản nháp thống kê tháng"
    PUBLISH_MONTHS = "publish_months", "Duyệt, công bố, giữ lại thống kê tháng"
    SEE_FEEDBACK = "see_feedback", "Xem phản ánh, kiến nghị (trừ về thái độ cán bộ)"
    SEE_CONDUCT = "see_conduct", "Xem phản ánh về thái độ cán bộ"
    TAKE_FEEDBACK = "take_feedback", "Ghi phản ánh nghe qua điện thoại, nhận bằng giấy"
    SORT_FEEDBACK = "sort_feedback", "Phân loại, giao, chuyển, gộp phản ánh; hỏi lại người gửi"
    ANSWER_FEEDBACK = "answer_feedback", "Soạn trả lời phản ánh"
    APPROVE_ANSWERS = "approve_answers", "Duyệt trả lời phản ánh"
    PUBLISH_FEEDBACK = "publish_feedback", "Che và công bố hỏi đáp"
    TYPE_SURVEYS = "type_surveys", "Nhập phiếu hỏi ý kiến thu bằng giấy, điện thoại, tại nhà"
    PREPARE_INDICES = "prepare_indices", "Lập và xem bản nháp chỉ số hài lòng"
    READ_COMMENTS = "read_comments", "Đọc và che ý kiến thêm của bà con"
    PUBLISH_INDICES = "publish_indices", "Công bố chỉ số hài lòng"
    IMPORT_DOSSIERS = "import_dossiers", "Chuyển hồ sơ từ hệ thống cũ"
    KEEP_CATALOGUE = "keep_catalogue", "Soạn, nạp danh mục thủ tục, sửa từ tìm kiếm"
    APPROVE_CATALOGUE = "approve_catalogue", "Duyệt, trả lại, bãi bỏ thủ tục"
    REVIEW_PROCEDURES = "review_procedures", "Xử lý đề nghị rà soát thủ tục"
    KEEP_FORMS = "keep_forms", "Sửa mẫu giấy tờ, lời tin báo, ảnh chữ ký"
    KEEP_STRUCTURE = "keep_structure", "Sửa cơ quan, mã, kế thừa, đường dây nóng, nơi tiếp"
    KEEP_OFFICERS = "keep_officers", "Quản lý tài khoản, vị trí công tác của cấp mình"
    SEE_RIGHTS = "see_rights", "Xem bảng quyền và người đang giữ từng quyền"
    SEE_HEALTH = "see_health", "Xem sức khỏe của cổng: sao lưu, hàng đợi, đĩa, việc hỏng"


def _at(scope: Scope, *roles: Role) -> dict[Role, Scope]:
    return dict.fromkeys(roles, scope)


_DESK = (Role.RECEPTION, Role.DESK_HEAD)
_OFFICE = (Role.SPECIALIST, Role.HEAD)
_OVERSEERS = (Role.LEADER, Role.CONTROLLER)
_KEEPERS = (Role.CONTROLLER, Role.ADMINISTRATOR)
_DESK_HEAD = _at(Scope.OWN, Role.DESK_HEAD)
_HEAD_AND_ADMINISTRATOR = _DESK_HEAD | _at(Scope.BELOW, Role.ADMINISTRATOR)
_WHOLE_KEEPERS = _at(Scope.WHOLE_DISTRICT, *_KEEPERS)
_WHOLE_CONTROLLER = _at(Scope.WHOLE_DISTRICT, Role.CONTROLLER)
_WHOLE_ADMINISTRATOR = _at(Scope.WHOLE_DISTRICT, Role.ADMINISTRATOR)
_OWN_OR_WHOLE = _DESK_HEAD | _WHOLE_KEEPERS
_SOLVING = _at(Scope.HOLDER, *_DESK, *_OFFICE)
_OFFICE_HEAD = _at(Scope.HOLDER, Role.HEAD)
_COMMITTEE_LEADER = _at(Scope.COMMITTEE, Role.LEADER)

TABLE: dict[Right, dict[Role, Scope]] = {
    Right.ENTER: _at(Scope.OWN, *Role),
    Right.SEE_DOSSIERS: _at(Scope.OWN, *Role) | _at(Scope.BELOW, *_OVERSEERS),
    Right.ISSUE_PAPERS: _at(Scope.OWN, *_DESK, *_OFFICE, Role.RETURN, Role.CLERK)
    | _at(Scope.COMMITTEE, *_OVERSEERS),
    Right.RECEIVE: _at(Scope.OWN, *_DESK),
    Right.RESERVE_NUMBERS: _DESK_HEAD,
    Right.HAND_OVER: _SOLVING | _at(Scope.HOLDER, Role.CLERK) | _COMMITTEE_LEADER,
    Right.ASSIGN: _at(Scope.HOLDER, Role.HEAD, Role.DESK_HEAD) | _COMMITTEE_LEADER,
    Right.WORK_ON: _SOLVING,
    Right.ASK_PARTNERS: _at(Scope.HOLDER, *_OFFICE),
    Right.NOTE_ANSWERS: _at(Scope.HOLDER, *_OFFICE) | _at(Scope.OWN, *_DESK),
    Right.SIGN: _OFFICE_HEAD | _COMMITTEE_LEADER,
    Right.FINISH: _SOLVING | _at(Scope.HOLDER, Role.CLERK),
    Right.GIVE_BACK: _at(Scope.OWN, *_DESK, Role.RETURN),
    Right.ANSWER_FOR: _OFFICE_HEAD | _DESK_HEAD | _COMMITTEE_LEADER,
    Right.MEND: _DESK_HEAD | _at(Scope.COMMITTEE, *_OVERSEERS),
    Right.VOID_PAPERS: _at(Scope.OWN, Role.DESK_HEAD, Role.HEAD)
    | _at(Scope.COMMITTEE, *_OVERSEERS),
    Right.SEE_PROOF: _at(Scope.OWN, Role.DESK_HEAD, Role.HEAD) | _at(Scope.BELOW, *_OVERSEERS),
    Right.OVERSEE: _at(Scope.BELOW, Role.CONTROLLER),
    Right.FOLLOW_NOTICES: _HEAD_AND_ADMINISTRATOR,
    Right.GIVE_CALENDARS: _HEAD_AND_ADMINISTRATOR,
    Right.MANAGE_RECEPTION: _HEAD_AND_ADMINISTRATOR,
    Right.WRITE_GUIDANCE: _HEAD_AND_ADMINISTRATOR | _at(Scope.OWN, Role.RECEPTION, Role.RETURN),
    Right.MANAGE_GUIDANCE: _HEAD_AND_ADMINISTRATOR,
    Right.WATCH_GUIDANCE: _HEAD_AND_ADMINISTRATOR | _at(Scope.BELOW, *_OVERSEERS),
    Right.MANAGE_SCREENS: _HEAD_AND_ADMINISTRATOR,
    Right.SEE_SCREENS: _HEAD_AND_ADMINISTRATOR | _at(Scope.BELOW, *_OVERSEERS),
    Right.CHANGE_CALENDAR: _OWN_OR_WHOLE,
    Right.SET_WORKING_TIME: _OWN_OR_WHOLE,
    Right.CONFIRM_YEARS: _WHOLE_KEEPERS,
    Right.PREPARE_MONTHS: _at(Scope.WHOLE_DISTRICT, Role.DESK_HEAD, *_OVERSEERS),
    Right.PUBLISH_MONTHS: _at(Scope.WHOLE_DISTRICT, Role.LEADER),
    Right.SEE_FEEDBACK: _at(Scope.OWN, *_DESK, *_OFFICE) | _at(Scope.BELOW, *_OVERSEERS),
    Right.SEE_CONDUCT: _at(Scope.OWN, Role.HEAD, Role.DESK_HEAD) | _at(Scope.BELOW, *_OVERSEERS),
    Right.TAKE_FEEDBACK: _at(Scope.OWN, *_DESK, *_OFFICE) | _at(Scope.BELOW, *_OVERSEERS),
    Right.SORT_FEEDBACK: _DESK_HEAD | _OFFICE_HEAD | _at(Scope.BELOW, *_OVERSEERS),
    Right.ANSWER_FEEDBACK: _SOLVING | _at(Scope.BELOW, Role.CONTROLLER),
    Right.APPROVE_ANSWERS: _OFFICE_HEAD | _DESK_HEAD | _at(Scope.BELOW, Role.LEADER),
    Right.PUBLISH_FEEDBACK: _at(Scope.BELOW, Role.CONTROLLER),
    Right.TYPE_SURVEYS: _at(Scope.WHOLE_DISTRICT, *_OVERSEERS),
    Right.PREPARE_INDICES: _at(Scope.WHOLE_DISTRICT, *_OVERSEERS),
    Right.READ_COMMENTS: _WHOLE_CONTROLLER,
    Right.PUBLISH_INDICES: _at(Scope.WHOLE_DISTRICT, *_OVERSEERS),
    Right.IMPORT_DOSSIERS: _WHOLE_KEEPERS,
    Right.KEEP_CATALOGUE: _WHOLE_KEEPERS,
    Right.APPROVE_CATALOGUE: _WHOLE_CONTROLLER,
    Right.REVIEW_PROCEDURES: _WHOLE_CONTROLLER,
    Right.KEEP_FORMS: _WHOLE_ADMINISTRATOR,
    Right.KEEP_STRUCTURE: _WHOLE_ADMINISTRATOR,
    Right.KEEP_OFFICERS: _at(Scope.BELOW, Role.ADMINISTRATOR),
    Right.SEE_RIGHTS: _at(Scope.BELOW, *_KEEPERS),
    Right.SEE_HEALTH: _WHOLE_KEEPERS,
}


def roles_with(right: Right) -> list[Role]:
    """Return the roles that hold ``right`` somewhere, in the order of ``Role``."""
    return [role for role in Role if role in TABLE[right]]


def named(roles: Iterable[Role]) -> str:
    """Return roles as people read them: “Văn thư”, “Trả kết quả”."""
    return ", ".join(f"“{role.label}”" for role in roles)
