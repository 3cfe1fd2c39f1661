"""People and the one-time links that let them in."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.domain.access import Role
from quizapp.models.base import NUMBERS_NEVER_COME_BACK, Base


class User(Base):
    """A person. A guest is one without a username and password; signing up fills them in and keeps the row."""

    __tablename__ = "user"
    __table_args__ = NUMBERS_NEVER_COME_BACK

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str | None] = mapped_column(String(40), unique=True)
    """As typed at sign-up, lower-cased: people sign in with any case."""
    display_name: Mapped[str] = mapped_column(String(80), default="")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    """Argon2id; None for a guest, and for somebody on a class list who has not chosen a password yet."""
    role: Mapped[Role]
    locale: Mapped[str | None] = mapped_column(String(12))
    sign_in_epoch: Mapped[int] = mapped_column(default=0)
    """Part of every session; raising it signs the person out everywhere."""
    created: Mapped[datetime]
    administers: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether this teacher also runs the site: reads the audit log, helps any account, erases people."""
    signed_in: Mapped[datetime | None]
    """When this person last signed in, by a password or elsewhere."""


class Identity(Base):
    """Somebody whom an OpenID Connect provider knows, and who that is here."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issuer: Mapped[str] = mapped_column(String(200))
    """The provider's own name, an address."""
    subject: Mapped[str] = mapped_column(String(255))
    """What the provider calls the person for good; not a name that can be changed."""
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created: Mapped[datetime]


class OneTimeLink(Base):
    """A link that works once: to set up the first teacher. Only the digest of its token is kept."""

    __tablename__ = "one_time_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(10))
    """`set_up` makes the first teacher, `password` lets somebody choose a new password."""
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the token, hexadecimal."""
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    """Whom the link is for; None where that person does not exist yet."""
    created: Mapped[datetime]
    expires: Mapped[datetime]
    used: Mapped[datetime | None]
