"""python-cas, as its own documentation uses it. One order per line on stdin, one answer per line on stdout: both JSON."""

import json
import sys

from cas import CASClient

client = None


def begin(version, server, service, renew=False):
    global client
    client = CASClient(version=version, server_url=server, service_url=service, renew=renew)
    return {"url": client.get_login_url()}


def finish(ticket):
    user, attributes, _ = client.verify_ticket(ticket)
    return {"user": user, "attributes": attributes}


def logout(service):
    return {"url": client.get_logout_url(service)}


ORDERS = {"begin": begin, "finish": finish, "logout": logout}

for line in sys.stdin:
    order = json.loads(line)
    try:
        answer = ORDERS[order.pop("order")](**order)
    except Exception as refusal:  # a client that stumbles is an answer, too
        answer = {"refused": f"{type(refusal).__name__}: {refusal}"}
    print(json.dumps(answer), flush=True)
