"""How dates and numbers are written and read in Vietnam.

Django's own ``vi`` locale has no input formats: "05/03/2025" is read as 3 May and "25/03/2025"
is refused. Numbers are grouped by dots, decimals follow a comma (domain rule for printouts).
"""

DATE_FORMAT = "d/m/Y"
SHORT_DATE_FORMAT = "d/m/Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "H:i d/m/Y"
SHORT_DATETIME_FORMAT = "H:i d/m/Y"
YEAR_MONTH_FORMAT = "m/Y"
MONTH_DAY_FORMAT = "d/m"
FIRST_DAY_OF_WEEK = 1

DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d%m%Y", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H:%M", "%Hh%M", "%H.%M", "%H:%M:%S"]
DATETIME_INPUT_FORMATS = [
    f"{day} {hour}" for day in DATE_INPUT_FORMATS for hour in ("%H:%M", "%H:%M:%S")
] + ["%Y-%m-%dT%H:%M"]

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
