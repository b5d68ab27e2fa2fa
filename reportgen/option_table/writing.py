"""Options of what is written, how it is sent, and what runs the work."""

from __future__ import annotations

from reportgen.option_table.option import Group, Option

WRITING = (
    Option(
        "title",
        Group.OUTPUT,
        "title of the report (default: the log directory's name)",
        "TEXT",
        changes_report=True,
    ),
    Option(
        "notes",
        Group.OUTPUT,
        "Markdown file shown after the table of runs; - for standard input",
        "PATH",
        changes_report=True,
    ),
    Option(
        "template",
        Group.OUTPUT,
        "Markdown file that says what the report shows and where, by calls such as {{ "
        'scalars("train/loss") }}; see docs/template.md',
        "PATH",
        changes_report=True,
    ),
    Option(
        "private",
        Group.OUTPUT,
        "leave out hosts, users, absolute paths and the command line; mails, comments, job "
        "summaries and PDF files never hold them",
    ),
    Option(
        "show_param",
        Group.OUTPUT,
        "show a parameter's value although it looks like a secret",
        "NAME",
        repeat=True,
        changes_report=True,
    ),
    Option(
        "link", Group.OUTPUT, "where the full report can be opened, for mails and comments", "URL"
    ),
    Option(
        "image_url",
        Group.OUTPUT,
        "where the folder of pictures of md:PATH is served, for comments and job summaries",
        "URL",
    ),
    Option("embed", Group.OUTPUT, "put the pictures into the Markdown file itself"),
    Option(
        "max_size",
        Group.OUTPUT,
        "size of the HTML page from which pictures shrink, long texts are cut and the least "
        "important figures become rows of a table; off for no limit",
        "SIZE",
        default="5MB",
        changes_report=True,
    ),
    Option(
        "refresh",
        Group.WATCHING,
        "let an open page load itself again every so many seconds, and keep what its reader chose",
        "SECONDS",
        changes_report=True,
    ),
    Option("attach", Group.MAIL, "file that the mail carries", "PATH", repeat=True),
    Option(
        "send_to", Group.MAIL, "send the mail to these addresses, separated by commas", "ADDRESSES"
    ),
    Option("send_from", Group.MAIL, "sender of the mail (default: the user in --smtp)", "ADDRESS"),
    Option(
        "smtp",
        Group.MAIL,
        "server that sends the mail: smtp://user@host:587 (STARTTLS) or "
        "smtps://user@host:465; the password is read from REPORTGEN_SMTP_PASSWORD",
        "URL",
    ),
    Option("smtp_password_file", Group.MAIL, "file with the password for --smtp", "PATH"),
    Option(
        "executor",
        Group.PERFORMANCE,
        "what reads logs and draws figures: processes://N, threads://N or inline (default: as "
        "many processes as there are cores, where they are faster)",
        "WHERE",
    ),
    Option("jobs", Group.PERFORMANCE, "short for --executor processes://N", "N"),
    Option(
        "no_cache",
        Group.PERFORMANCE,
        "decode every log and draw every figure again, and keep nothing for the next report",
    ),
    Option(
        "cache_size",
        Group.PERFORMANCE,
        "size of the cache of decoded logs and drawn figures, in the user's cache directory; what "
        "was not used for the longest time leaves it",
        "SIZE",
        default="1GB",
    ),
)
