"""The web process: gunicorn with threads, settings from the environment."""

from gunicorn.app.base import BaseApplication

from linli.config import options
from linli.config.processes import end_with_parent
from linli.kernel.errors import Rejected

LOOPBACK = ("127.0.0.1:", "[::1]:", "localhost:", "unix:")


class Pages(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Our application inside gunicorn, without a configuration file."""

    def __init__(self, bind: str) -> None:
        self.bind = bind
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn what the environment says."""
        chosen = {
            "bind": self.bind,
            "worker_class": "gthread",
            "workers": options.integer("LINLI_WEB_WORKERS", least=1),
            "threads": options.integer("LINLI_WEB_THREADS", least=1),
            "preload_app": True,
            "graceful_timeout": 10,
            "timeout": 90,
            "proc_name": "linli-web",
            "loglevel": "warning",
            "control_socket_disable": True,
            "forwarded_allow_ips": "127.0.0.1",
        }
        for name, value in chosen.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> object:
        """Return the WSGI application."""
        from linli.config.wsgi import application  # noqa: PLC0415  # Django is set up by now

        return application


def serve_pages(bind: str) -> None:
    """Serve until a signal ends it; ends by itself when the process that started it dies."""
    end_with_parent()
    Pages(bind).run()


def refuse_open_demo(bind: str) -> None:
    """Raise Rejected where the demo, whose passwords everybody knows, would face a network."""
    if options.text("LINLI_ENV") == "demo" and not bind.startswith(LOOPBACK):
        raise Rejected(
            f"演示模式的密码是公开的，不能在 {bind} 上对外提供服务。"
            "请绑定 127.0.0.1，或设 LINLI_ENV=production。",
            f"The demo's passwords are public, so it may not be served on {bind}. "
            "Bind to 127.0.0.1, or set LINLI_ENV=production.",
            field="bind",
        )
