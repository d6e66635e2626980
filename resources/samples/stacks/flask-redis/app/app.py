import os

from flask import Flask
from redis import Redis

app = Flask(__name__)
cache = Redis(host=os.environ["REDIS_HOST"])


@app.get("/")
def hello():
    return f"Visit {cache.incr('visits')}\n"
