from django.core.checks import run_checks

SERVED = {
    "DEBUG": False,
    "ALLOWED_HOSTS": ["cbc.example.cn"],
    "SITE_URL": "https://cbc.example.cn",
    "BEHIND_TLS": True,
}


def ours(settings, **changes):
    for name, value in (SERVED | changes).items():
        setattr(settings, name, value)
    found = run_checks(include_deployment_checks=True)
    return {check.id for check in found if check.id.startswith("chabaocu.") and check.level >= 30}


def test_checks_let_a_served_site_through(settings):
    assert ours(settings) == set()


def test_checks_refuse_debug(settings):
    assert ours(settings, DEBUG=True) == {"chabaocu.E001"}


def test_checks_refuse_any_host(settings):
    assert ours(settings, ALLOWED_HOSTS=["*"]) == {"chabaocu.E002"}


def test_checks_refuse_the_hosts_of_a_trial(settings):
    assert ours(settings, ALLOWED_HOSTS=["localhost", "127.0.0.1"]) == {"chabaocu.E003"}


def test_checks_refuse_an_address_nobody_else_can_open(settings):
    assert ours(settings, SITE_URL="http://localhost:8000") == {"chabaocu.E004"}


def test_checks_warn_without_tls(settings):
    assert ours(settings, BEHIND_TLS=False) == {"chabaocu.W005"}
