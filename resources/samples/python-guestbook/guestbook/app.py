"""A guest book: GET / shows the entries, POST / with text=… adds one."""
import html
import os
import urllib.parse
from wsgiref.simple_server import make_server

FILE = os.environ.get("GUESTBOOK_FILE", "entries.txt")
PAGE = '<!DOCTYPE html><title>Guest book</title><h1>Guest book</h1><ul>{}</ul><form method="post"><input name="text"><button>Sign</button></form>'


def entries():
    if not os.path.exists(FILE):
        return []
    with open(FILE, encoding="utf-8") as file:
        return file.read().splitlines()


def application(environment, start_response):
    if environment["REQUEST_METHOD"] == "POST":
        body = environment["wsgi.input"].read(int(environment.get("CONTENT_LENGTH") or 0)).decode()
        with open(FILE, "a", encoding="utf-8") as file:
            file.write(" ".join(urllib.parse.parse_qs(body).get("text", [""])[0].split()) + "\n")
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [PAGE.format("".join(f"<li>{html.escape(entry)}</li>" for entry in entries())).encode()]


if __name__ == "__main__":
    make_server("", 8000, application).serve_forever()
