from pathlib import Path
from urllib.parse import unquote

import psycopg2

from tools import postgres


def test_cluster_answers_on_its_socket_and_is_gone_afterwards():
    with postgres.cluster() as url:
        folder = unquote(url.removeprefix("postgres://tester@").removesuffix("/postgres"))
        connection = psycopg2.connect(host=folder, user="tester", dbname="postgres")
        with connection.cursor() as cursor:
            cursor.execute("SHOW listen_addresses")
            assert cursor.fetchone() == ("",)
        connection.close()
    assert not Path(folder).exists()
