"""The table of acts on a loan, empty until ``tests.loans.acts`` declares them."""

from dossiers.declaring import Table

LOANS = Table()
