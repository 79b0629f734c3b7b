"""What five Python caches send to their servers, as their own code was seen to do. PeerScript calls one function by its name."""
import json
import os
import pickle
import sys
import time
import zlib

import msgpack
import redis
import zstandard
from pymemcache import serde
from pymemcache.client.base import Client
from pymemcache.client.hash import HashClient

VALUE = {"name": "Ann", "n": 42, "l": [1, 2.5, None, True], "u": "é☃"}
HOUR_MILLIS = 3_600_000

SERIALIZERS = {
    "json": (lambda value: json.dumps(value).encode(), json.loads),
    "msgpack": (msgpack.packb, msgpack.unpackb),
    "pickle": (lambda value: pickle.dumps(value, pickle.HIGHEST_PROTOCOL), pickle.loads),
    "zlib": (zlib.compress, zlib.decompress),
    "zstd": (zstandard.ZstdCompressor(level=3).compress, zstandard.ZstdDecompressor().decompress),
}


def dumps(value, chain):
    for name in chain.split("+"):
        value = SERIALIZERS[name][0](value)
    return value


def loads(value, chain):
    for name in reversed(chain.split("+")):
        value = SERIALIZERS[name][1](value)
    return value


def kept(server, name):
    left = server.pttl(name)
    return "for ever" if left == -1 else "for an hour" if HOUR_MILLIS * 0.9 < left <= HOUR_MILLIS else f"for {left} ms"


# cachetory: the prefix and the key as they are, the serializers' bytes alone, PX.


def cachetory_put(server, *chains):
    for chain in chains:
        server.set("app:from-python:" + chain, dumps(VALUE, chain), px=HOUR_MILLIS)
        server.set("app:removed:" + chain, dumps(VALUE, chain))


def cachetory_check(server, *chains):
    for chain in chains:
        name = "app:from-java:" + chain
        print(f"{loads(server.get(name), chain)} {kept(server, name)}, {server.get('app:removed:' + chain)}")


# Ellar: prefix:version:key, integers in digits and pickles of protocol 5, EX.


def ellar_dumps(value):
    return value if type(value) is int else pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def ellar_loads(value):
    try:
        return int(value)
    except ValueError:
        return pickle.loads(value)


def ellar_put(server):
    server.set("proj:2:value", ellar_dumps(VALUE), ex=300)
    server.set("proj:2:count", ellar_dumps(6), ex=300)
    server.set("proj:1:value", ellar_dumps("of another version"))


def ellar_check(server):
    print(ellar_loads(server.get("proj:2:from-java")), kept(server, "proj:2:from-java"))
    print(server.incr("proj:2:count", 1))
    print(server.incr("proj:2:fresh", 1), kept(server, "proj:2:fresh"))
    print(ellar_loads(server.get("proj:2:big")), kept(server, "proj:2:big"))


# ddf: the key as it is, JSON or pickles of protocol 5, SETEX.


def ddf_put(server):
    server.setex("service:web", 300, json.dumps(VALUE))
    server.setex("service:pickled", 300, pickle.dumps(VALUE, pickle.HIGHEST_PROTOCOL))
    server.set("old:1", "1")
    server.set("old:2", "2")


def ddf_check(server):
    print(json.loads(server.get("service:java")))
    print(pickle.loads(server.get("service:java-pickled")))
    print(server.keys("old:*"))


# Nicolas Cache: pickles; a set of keys for each tag, and a set of tags for each key, which alone gets a time.


def nicolas_set(server, key, value, tags=(), ttl=None):
    for tag in server.smembers("cache:key_tags:" + key):
        server.srem("cache:tag:" + tag.decode(), key)
    server.delete("cache:key_tags:" + key)
    if ttl:
        server.setex("cache:" + key, ttl, pickle.dumps(value))
    else:
        server.set("cache:" + key, pickle.dumps(value))
    for tag in tags:
        server.sadd("cache:key_tags:" + key, tag)
        server.sadd("cache:tag:" + tag, key)
        if ttl:
            server.expire("cache:key_tags:" + key, ttl)


def nicolas_get_by_tag(server, tag):
    found = {}
    for key in sorted(server.smembers("cache:tag:" + tag)):
        value = server.get(b"cache:" + key)
        if value is not None:
            found[key.decode()] = pickle.loads(value)
    return found


def nicolas_put(server):
    nicolas_set(server, "user:1", VALUE, ["users", "active"], 3600)
    nicolas_set(server, "user:2", 2, ["users"])
    nicolas_set(server, "moved", 3, ["users"], 3600)
    server.delete("cache:moved", "cache:key_tags:moved")  # as if both had expired
    nicolas_set(server, "moved", 3, ["others"])


def nicolas_check(server):
    print(nicolas_get_by_tag(server, "team"), kept(server, "cache:user:3"), kept(server, "cache:key_tags:user:3"))
    print(sorted(tag.decode() for tag in server.smembers("cache:key_tags:user:3")))
    print(nicolas_get_by_tag(server, "users"), nicolas_get_by_tag(server, "others"))
    print(sorted(name.decode() for name in server.keys("cache:*")))


# YokedCache: an envelope with a byte for the serializer; a set of full names for each tag, which outlives its members by a minute.


def yoked_dumps(value, method):
    payload = json.dumps(value).encode() if method == 1 else pickle.dumps(value, 5) if method == 2 else msgpack.packb(value)
    return b"\x89Yc\x01" + bytes([method]) + payload


def yoked_loads(stored):
    assert stored[:4] == b"\x89Yc\x01"
    return [json.loads, pickle.loads, msgpack.unpackb][stored[4] - 1](stored[5:])


def yoked_set(server, prefix, key, value, method=1, tags=(), ttl=300):
    name = (prefix + ":" + key).replace(" ", "_")
    server.set(name, yoked_dumps(value, method), ex=ttl)
    for tag in tags:
        server.sadd(prefix + ":tags:" + tag, name)
        server.expire(prefix + ":tags:" + tag, ttl + 60)


def yoked_put(server):
    yoked_set(server, "yokedcache", "a b", VALUE, tags=["team"], ttl=3600)
    yoked_set(server, "p", "k", VALUE, method=2)
    yoked_set(server, "m", "k", VALUE, method=3)
    server.set("yokedcache:old", json.dumps(VALUE))


def yoked_check(server):
    for name in ("yokedcache:from_java", "p:from_java", "m:from_java"):
        print(yoked_loads(server.get(name)), kept(server, name))
    print(sorted(name.decode() for name in server.smembers("yokedcache:tags:kept")), server.ttl("yokedcache:tags:kept") > 3600)
    print(sorted(name.decode() for name in server.keys("yokedcache:*")))


# memcached: pymemcache's flags for Ellar and ddf, which keep pickles; for YokedCache its envelope and no flags.


class Compressed:
    """As pymemcache's CompressedSerde, which is younger than what distributions have."""

    def serialize(self, key, value):
        plain, flags = serde.pickle_serde.serialize(key, value)
        return zlib.compress(plain), flags | 8


def memcached_ellar_put(client):
    packed = Client(client.server, serde=Compressed(), default_noreply=False)
    packed.set("proj:1:packed", [VALUE] * 100)
    packed.set("proj:1:packed-text", "é☃" * 1000)
    for name, value in {"dict": VALUE, "text": "é☃", "bytes": b"\x00\xff", "number": 2**70, "count": 100, "flag": True}.items():
        client.set("proj:1:" + name, value, expire=int(time.time()) + 3600)
    client.decr("proj:1:count", 95)


def memcached_ellar_check(client):
    print([client.get("proj:1:java-" + name) for name in ("dict", "text", "bytes", "number", "flag")], client.get("proj:1:dict"))
    print(client.incr("proj:1:java-number", 1), client.gets("proj:1:java-text")[0], client.get("proj:1:brief"))


def ring(client, other):
    servers = [("127.0.0.1", client.server[1]), ("127.0.0.1", int(other))]
    return HashClient(servers, serde=serde.pickle_serde, default_noreply=False)


def memcached_ring_put(client, other):
    for i in range(40):
        ring(client, other).set(f"proj:1:python-{i}", i)


def memcached_ring_check(client, other):
    print(sum(ring(client, other).get(f"proj:1:java-{i}") for i in range(40)))


def memcached_ddf_put(client):
    for name, value in {"dict": VALUE, "text": "é☃", "number": 80, "none": None, "flag": False}.items():
        client.set("service:" + name, value, expire=3600)
    client.set("__cache_keys__", {"service:dict", "service:text", "service:number", "service:none", "service:flag"}, expire=604800)


def memcached_ddf_check(client):
    print([client.get("java:" + name) for name in ("dict", "text", "number", "flag")])
    print([client.get("service:" + name) for name in ("dict", "text", "number", "none", "flag")])


def memcached_yoked_put(client):
    for prefix, method in (("j", 1), ("yokedcache", 2), ("m", 3)):
        client.set(prefix + ":k", yoked_dumps(VALUE, method), expire=300)


def memcached_yoked_check(client):
    for prefix in ("j", "yokedcache", "m"):
        print(yoked_loads(client.get(prefix + ":from_java")), client.gets(prefix + ":k")[0])


class Evil:
    def __reduce__(self):
        return os.system, ("touch evil",)


def evil_put(server):
    server.set("evil", pickle.dumps(Evil()))


function, port = sys.argv[1], int(sys.argv[2])
if function.startswith("memcached_"):
    address = ("127.0.0.1", port)
    server = Client(address, serde=serde.pickle_serde, default_noreply=False, allow_unicode_keys=True)
else:
    server = redis.Redis(port=port)
globals()[function](server, *sys.argv[3:])
