"""How a peer is asked: a problem, then calls, one JSON line each on stdin, and an answer to each on stdout."""
import base64
import json
import sys
import time


def raw(text):
    """The bytes of an array, little-endian."""
    return bytearray(base64.b64decode(text))


def serve(version, start):
    """Says what it is, makes a peer of the problem on the first line, and calls it until stdin ends.

    A peer has `step`, `evaluate` and `epoch`; each gives what is to be said beside its time. `lanes` copies are trained
    by a call, and a time is that of one of them.
    """
    say = lambda answer: print(json.dumps(answer), flush=True)
    problem = json.loads(sys.stdin.readline())
    peer = start(problem)
    say({"version": version})
    lanes = problem["lanes"]
    for line in sys.stdin:
        begun, cpu = time.perf_counter(), time.process_time()
        result = getattr(peer, line.strip())()
        ms, cpu_ms = ((now - then) * 1000 / lanes for now, then in
                      ((time.perf_counter(), begun), (time.process_time(), cpu)))
        say({"ms": ms, "cpuMs": cpu_ms, **result})
