"""The tables that the channels, the owner's settings and the desk have in the tracker database, beside Rasa's own."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Integer, MetaData, String, Table, Text, func, inspect, select
from sqlalchemy.engine import Engine, Inspector
from sqlalchemy.schema import CreateIndex, CreateTable

METADATA = MetaData()
TAKEN = Table(
    "channel_taken",
    METADATA,
    Column("key", String(255), primary_key=True),
    Column("payload", Text, nullable=False),
    Column("taken_at", Float, nullable=False, index=True),  # seconds since 1970
    Column("result", Text),  # null until it is answered
)
FEEDBACK = Table(
    "channel_feedback",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("given_at", Float, nullable=False),  # seconds since 1970
    Column("conversation", String(255), nullable=False, index=True),
    Column("answer", Text, nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("why", Text, nullable=False),
    Column("question", Text, nullable=False),
)
ENDED = Table(  # sessions that their visitor has ended; the tokens would still be valid
    "channel_ended",
    METADATA,
    Column("session", String(64), primary_key=True),
    Column("until", Float, nullable=False, index=True),  # seconds since 1970: when its last token expires
)
LEFT = Table(  # questions that visitors have left for people, one row for each receiver
    "channel_left",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("receiver", String(16), primary_key=True),  # slack or webhook
    Column("conversation", String(255), nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("reach", String(255), nullable=False),  # a mail address or a phone number
    Column("left_at", Float, nullable=False, index=True),  # seconds since 1970
    Column("due_at", Float, index=True),  # when it is tried next; null once it is sent or given up
    Column("tries", Integer, nullable=False),
    Column("why", Text, nullable=False),  # the last try failed
    Column("sent_at", Float),
    Column("done_at", Float, index=True),  # when it was sent or given up; what is done is kept for the retention
    Column("told", Boolean, nullable=False),  # whether the visitor knows how it ended
)
OWNER = Table(  # what the owner has set while the advisor runs
    "owner_settings",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),  # JSON
    Column("by", String(255), nullable=False),
    Column("at", Float, nullable=False),  # seconds since 1970
)
USERS = Table(  # who may use the desk
    "desk_users",
    METADATA,
    Column("name", String(64), primary_key=True),  # in small letters
    Column("role", String(10), nullable=False),
    Column("password", Text),  # argon2's hash; null where only the proxy in front signs them in
    Column("added_at", Float, nullable=False),  # seconds since 1970
)
AUDIT = Table(  # what they did
    "desk_audit",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Float, nullable=False, index=True),
    Column("who", String(64), nullable=False),
    Column("what", String(64), nullable=False),
    Column("about", Text, nullable=False),
)
TESTS = Table(  # questions with the fact that should answer them
    "desk_tests",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("question", Text, nullable=False),
    Column("occupation", String(200), nullable=False),
    Column("fact", Text, nullable=False),  # its quote, in the document's words
    Column("added_by", String(64), nullable=False),
    Column("added_at", Float, nullable=False),
    Column("document", Integer),  # on the shelf, whose fact it is
)
SETTLED = Table(  # texts that the owner has dealt with
    "desk_settled",
    METADATA,
    Column("mark", String(64), primary_key=True),
    Column("how", String(20), nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", Float, nullable=False),
)


def create_tables(engine: Engine, metadata: MetaData = METADATA) -> None:
    """Make those tables, indexes and columns of ours that are not there yet, also while other servers do the same."""
    inspector = inspect(engine)
    if all(
        inspector.has_table(table.name)
        and not _lacking(inspector, table)
        and {index.name for index in table.indexes} <= {index["name"] for index in inspector.get_indexes(table.name)}
        for table in metadata.sorted_tables
    ):
        return  # without a lock, and without the right to make tables
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":  # where "if not exists" alone lets two servers collide
            connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(metadata.sorted_tables[0].name))))
        elif engine.dialect.name == "sqlite":
            connection.exec_driver_sql(
                "BEGIN IMMEDIATE"
            )  # which its driver would not do: two could add the same column
        for table in metadata.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
            for index in table.indexes:
                connection.execute(CreateIndex(index, if_not_exists=True))
            for column in _lacking(inspect(connection), table):
                kind = column.type.compile(engine.dialect)
                connection.exec_driver_sql(f'ALTER TABLE {table.name} ADD COLUMN "{column.name}" {kind}')


def _lacking(inspector: Inspector, table: Table) -> list[Column]:
    """The columns that were added since a table was made; all of them can be empty."""
    held = {column["name"] for column in inspector.get_columns(table.name)}
    return [column for column in table.columns if column.name not in held and column.nullable]
