"""What python3-docker does, as its users write it. DOCKER_HOST names the socket; IMAGE is busybox, REGISTRY a registry to push to."""
import io
import os
import tarfile
import threading
import unittest

import docker

IMAGE, REGISTRY = os.environ["IMAGE"], os.environ["REGISTRY"]
SLEEP = ["/bin/sleep", "1000"]


def archive(name, content):
    """A tar archive with one file."""
    result = io.BytesIO()
    with tarfile.open(fileobj=result, mode="w") as tar:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))
    return result.getvalue()


class PythonDocker(unittest.TestCase):
    def setUp(self):
        self.client = docker.from_env(timeout=60)
        self.addCleanup(self.client.close)

    def run_detached(self, command=SLEEP, **options):
        container = self.client.containers.run(IMAGE, command, detach=True, **options)
        self.addCleanup(container.remove, force=True, v=True)
        return container

    def test_says_what_engine_it_talks_to(self):
        self.assertTrue(self.client.ping())
        self.assertEqual(self.client.version()["ApiVersion"], "1.47")
        self.assertEqual(self.client.info()["OSType"], "linux")

    def test_run_returns_what_a_container_wrote(self):
        output = self.client.containers.run(IMAGE, ["/bin/sh", "-c", "echo $WHO"], environment={"WHO": "you"}, remove=True)
        self.assertEqual(output, b"you\n")

    def test_run_raises_what_a_container_failed_with(self):
        with self.assertRaises(docker.errors.ContainerError) as raised:
            self.client.containers.run(IMAGE, ["/bin/sh", "-c", "echo no >&2; exit 3"], remove=True)
        self.assertEqual(raised.exception.exit_status, 3)
        self.assertEqual(raised.exception.stderr, b"no\n")

    def test_says_that_an_image_or_container_is_not_there(self):
        with self.assertRaises(docker.errors.ImageNotFound):
            self.client.images.get("no/such:image")
        with self.assertRaises(docker.errors.NotFound):
            self.client.containers.get("nobody")

    def test_lists_and_inspects_containers(self):
        container = self.run_detached(name="listed", labels={"course": "docker"}, hostname="desk", mem_limit="64m")
        self.assertEqual([one.name for one in self.client.containers.list(filters={"label": "course=docker"})], ["listed"])
        container.reload()
        self.assertEqual(container.status, "running")
        self.assertEqual(container.labels["course"], "docker")
        self.assertEqual(container.attrs["Config"]["Hostname"], "desk")
        self.assertEqual(container.attrs["HostConfig"]["Memory"], 64 << 20)

    def test_stops_starts_pauses_and_renames(self):
        container = self.run_detached()
        container.pause()
        container.reload()
        self.assertEqual(container.status, "paused")
        container.unpause()
        container.rename("renamed")
        container.stop(timeout=0)
        container.reload()
        self.assertEqual((container.status, container.name), ("exited", "renamed"))
        container.restart(timeout=0)
        container.reload()
        self.assertEqual(container.status, "running")
        container.kill()
        self.assertEqual(container.wait()["StatusCode"], 137)

    def test_exec_tells_output_and_status(self):
        container = self.run_detached()
        self.assertEqual(container.exec_run(["/bin/sh", "-c", "echo in; exit 4"]), (4, b"in\n"))

    def test_exec_keeps_the_two_outputs_apart(self):
        container = self.run_detached()
        _, output = container.exec_run(["/bin/sh", "-c", "echo out; echo err >&2"], demux=True)
        self.assertEqual(output, (b"out\n", b"err\n"))

    def test_exec_with_environment_user_and_folder(self):
        container = self.run_detached()
        script = "echo $A; id -u; pwd"
        self.assertEqual(container.exec_run(["/bin/sh", "-c", script], environment=["A=b"], user="7", workdir="/tmp").output,
                         b"b\n7\n/tmp\n")

    def test_follows_logs(self):
        container = self.run_detached(["/bin/sh", "-c", "for i in 1 2 3; do echo line $i; sleep 0.2; done"])
        self.assertEqual(list(container.logs(stream=True, follow=True)), [b"line 1\n", b"line 2\n", b"line 3\n"])
        self.assertEqual(container.logs(tail=1), b"line 3\n")

    def test_attaches_to_what_runs(self):
        container = self.run_detached(["/bin/cat"], stdin_open=True)
        connection = container.attach_socket(params={"stdin": 1, "stdout": 1, "stream": 1})
        self.addCleanup(connection.close)
        connection._sock.sendall(b"hello\n")
        answer = b""
        while len(answer) < 8 + 6:
            answer += connection._sock.recv(100)
        self.assertEqual(answer, b"\1\0\0\0\0\0\0\6hello\n")

    def test_stats_and_processes(self):
        container = self.run_detached()
        stats = container.stats(stream=False)
        self.assertGreater(stats["memory_stats"]["usage"], 0)
        self.assertIn("system_cpu_usage", stats["cpu_stats"])
        self.assertIn("sleep", container.top()["Processes"][0][-1])

    def test_copies_files_in_and_out(self):
        container = self.run_detached()
        self.assertTrue(container.put_archive("/tmp", archive("letter", b"dear\n")))
        self.assertEqual(container.exec_run(["/bin/cat", "/tmp/letter"]).output, b"dear\n")
        chunks, stat = container.get_archive("/tmp/letter")
        self.assertEqual((stat["name"], stat["size"]), ("letter", 5))
        with tarfile.open(fileobj=io.BytesIO(b"".join(chunks))) as tar:
            self.assertEqual(tar.extractfile("letter").read(), b"dear\n")
        self.assertIn({"Path": "/tmp/letter", "Kind": 1}, container.diff())

    def test_pulls_tags_pushes_and_removes_images(self):
        image = self.client.images.pull(IMAGE)
        name = REGISTRY + "/python:1"
        self.assertTrue(image.tag(name))
        self.assertIn(name, [tag for one in self.client.images.list() for tag in one.tags])
        lines = list(self.client.images.push(name, stream=True, decode=True))
        self.assertEqual([line["error"] for line in lines if "error" in line], [])
        self.client.images.remove(name)
        with self.assertRaises(docker.errors.ImageNotFound):
            self.client.images.get(name)
        self.assertIn(name, self.client.images.pull(name).tags)
        self.client.images.remove(name)

    def test_builds_an_image(self):
        dockerfile = f"FROM {IMAGE}\nRUN echo made > /made\nLABEL of=python\nCMD [\"/bin/cat\", \"/made\"]\n"
        context = archive("Dockerfile", dockerfile.encode())
        image, lines = self.client.images.build(fileobj=io.BytesIO(context), custom_context=True, tag="python-built:1", rm=True)
        self.addCleanup(self.client.images.remove, "python-built:1", force=True)
        self.assertTrue(any("Step 1/" in line.get("stream", "") for line in lines))
        self.assertEqual(image.labels["of"], "python")
        self.assertEqual(self.client.containers.run("python-built:1", remove=True), b"made\n")

    def test_says_why_a_build_fails(self):
        context = archive("Dockerfile", f"FROM {IMAGE}\nRUN exit 5\n".encode())
        with self.assertRaises(docker.errors.BuildError) as raised:
            self.client.images.build(fileobj=io.BytesIO(context), custom_context=True)
        self.assertIn("5", str(raised.exception))

    def test_saves_loads_and_commits(self):
        self.client.images.get(IMAGE).tag("python-saved:1")
        saved = b"".join(self.client.images.get("python-saved:1").save(named="python-saved:1"))
        self.client.images.remove("python-saved:1")
        self.assertIn("python-saved:1", self.client.images.load(saved)[0].tags)
        self.client.images.remove("python-saved:1")
        container = self.run_detached(["/bin/touch", "/kept"])
        container.wait()
        container.commit("python-committed", tag="1")
        self.addCleanup(self.client.images.remove, "python-committed:1", force=True)
        self.assertEqual(self.client.containers.run("python-committed:1", ["/bin/cat", "/kept"], remove=True), b"")

    def test_networks_connect_containers(self):
        network = self.client.networks.create("python-net", driver="bridge", labels={"a": "b"})
        self.addCleanup(network.remove)
        container = self.run_detached(name="server")
        network.connect(container, aliases=["web"])
        network.reload()
        self.assertEqual([one.name for one in network.containers], ["server"])
        self.assertEqual([one.name for one in self.client.networks.list(filters={"label": "a=b"})], ["python-net"])
        self.client.containers.run(IMAGE, ["/bin/busybox", "ping", "-c", "1", "web"], network="python-net", remove=True)
        network.disconnect(container)
        network.reload()
        self.assertEqual(network.containers, [])
        with self.assertRaises(docker.errors.NotFound):
            self.client.networks.get("no-such-net")

    def test_volumes_keep_what_is_written(self):
        volume = self.client.volumes.create("python-volume", labels={"a": "b"})
        self.client.containers.run(IMAGE, ["/bin/touch", "/data/kept"], volumes={"python-volume": {"bind": "/data", "mode": "rw"}},
                                   remove=True)
        self.client.containers.run(IMAGE, ["/bin/cat", "/data/kept"], volumes={"python-volume": {"bind": "/data", "mode": "ro"}},
                                   remove=True)
        self.assertEqual([one.name for one in self.client.volumes.list(filters={"label": "a=b"})], ["python-volume"])
        volume.remove()
        with self.assertRaises(docker.errors.NotFound):
            self.client.volumes.get("python-volume")

    def test_events_tell_what_happens(self):
        events = self.client.events(decode=True, filters={"type": "container", "label": "watched"})
        self.addCleanup(events.close)
        seen = []
        done = threading.Event()

        def listen():
            for event in events:
                seen.append(event["Action"])
                if event["Action"] == "destroy":
                    return done.set()

        threading.Thread(target=listen, daemon=True).start()
        self.client.containers.run(IMAGE, ["/bin/true"], labels=["watched"], remove=True)
        self.assertTrue(done.wait(30))
        self.assertEqual([action for action in seen if action in ("create", "start", "die", "destroy")],
                         ["create", "start", "die", "destroy"])

    def test_a_random_port_shows_at_once(self):
        container = self.run_detached(ports={"80/tcp": None})
        container.reload()
        self.assertGreater(int(container.ports["80/tcp"][0]["HostPort"]), 0)

    def test_prunes_what_has_ended(self):
        ended = self.client.containers.run(IMAGE, ["/bin/true"], detach=True, labels=["prune-me"])
        ended.wait()
        runs = self.run_detached(labels=["prune-me"])
        pruned = self.client.containers.prune(filters={"label": "prune-me"})
        self.assertEqual(pruned["ContainersDeleted"], [ended.id])
        runs.reload()
        self.assertEqual(runs.status, "running")

    def test_refuses_privileges_with_a_reason(self):
        with self.assertRaises(docker.errors.APIError) as raised:
            self.client.containers.run(IMAGE, ["/bin/true"], privileged=True, remove=True)
        self.assertIn("administrator", str(raised.exception).lower())


if __name__ == "__main__":
    unittest.main()
