"""Django's PostgreSQL backend for the portal's own server, started when somebody connects."""
