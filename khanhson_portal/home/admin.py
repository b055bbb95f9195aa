"""What the libraries put into Django's admin and the portal takes out again.

The queue and its timetable are no tables to type into: a row there is a function to be run.
"""

from django.contrib import admin
from django_q import admin as of_the_queue  # registered by being imported, so it can be taken out
from django_q.models import Failure, OrmQ, Schedule, Success

assert of_the_queue
for table in (Schedule, Success, Failure, OrmQ):
    if admin.site.is_registered(table):  # the last one only where the queue is in PostgreSQL
        admin.site.unregister(table)
