// What npm's dockerode does, as its users write it. DOCKER_HOST names the socket; IMAGE is busybox, REGISTRY a registry to push to.
'use strict';
const assert = require('node:assert');
const { once } = require('node:events');
const net = require('node:net');
const { PassThrough } = require('node:stream');
const { buffer } = require('node:stream/consumers');
const { after, test } = require('node:test');
const Docker = require('dockerode');
const tar = require('tar-fs');

const { IMAGE, REGISTRY } = process.env;
const docker = new Docker();
const toRemove = [];
after(() => Promise.all(toRemove.map((one) => one.remove({ force: true, v: true }))));

async function started(command, options = {}) {
    const container = await docker.createContainer({ Image: IMAGE, Cmd: command, ...options });
    toRemove.push(container);
    await container.start();
    return container;
}

/** Both outputs of a multiplexed stream, once it has ended. */
async function apart(stream) {
    const [out, err] = [new PassThrough(), new PassThrough()];
    docker.modem.demuxStream(stream, out, err);
    stream.on('end', () => { out.end(); err.end(); });
    return Promise.all([buffer(out), buffer(err)]).then((both) => both.map(String));
}

const progress = (stream) => new Promise((resolve, reject) =>
    docker.modem.followProgress(stream, (error, lines) => (error ? reject(error) : resolve(lines))));

test('says what engine it talks to', async () => {
    assert.equal(String(await docker.ping()), 'OK');
    assert.equal((await docker.version()).ApiVersion, '1.47');
});

test('attaches before it starts and loses nothing', async () => {
    const container = await docker.createContainer({
        Image: IMAGE, Cmd: ['/bin/sh', '-c', 'echo out; echo err >&2'], AttachStdout: true, AttachStderr: true });
    toRemove.push(container);
    const stream = await container.attach({ stream: true, stdout: true, stderr: true });
    const outputs = apart(stream);
    await container.start();
    assert.deepEqual(await outputs, ['out\n', 'err\n']);
    assert.equal((await container.wait()).StatusCode, 0);
});

test('run writes the output to a stream and tells the status', async () => {
    const out = new PassThrough();
    const text = buffer(out);
    const [result, container] = await docker.run(
        IMAGE, ['/bin/sh', '-c', 'echo $A; exit 3'], [out, new PassThrough()], { Env: ['A=b'], Tty: false });
    toRemove.push(container);
    out.end();
    assert.equal(result.StatusCode, 3);
    assert.equal(String(await text), 'b\n');
});

test('writes to a container and closes its input', async () => {
    const container = await docker.createContainer({
        Image: IMAGE, Cmd: ['/bin/cat'], OpenStdin: true, StdinOnce: true, AttachStdin: true, AttachStdout: true });
    toRemove.push(container);
    const stream = await container.attach({ stream: true, stdin: true, stdout: true, hijack: true });
    const outputs = apart(stream);
    await container.start();
    stream.end('from afar');
    assert.deepEqual(await outputs, ['from afar', '']);
});

test('exec keeps the two outputs apart and tells the status', async () => {
    const container = await started(['/bin/sleep', '1000']);
    const exec = await container.exec({ Cmd: ['/bin/sh', '-c', 'echo out; echo err >&2; exit 4'], AttachStdout: true, AttachStderr: true });
    assert.deepEqual(await apart(await exec.start({})), ['out\n', 'err\n']);
    assert.equal((await exec.inspect()).ExitCode, 4);
});

test('exec reads what is written to it', async () => {
    const container = await started(['/bin/sleep', '1000']);
    const exec = await container.exec({ Cmd: ['/bin/cat'], AttachStdin: true, AttachStdout: true });
    const stream = await exec.start({ hijack: true, stdin: true });
    const outputs = apart(stream);
    stream.end('typed');
    assert.deepEqual(await outputs, ['typed', '']);
});

test('a random port shows in inspect at once and answers', async () => {
    const container = await started(['/bin/busybox', 'nc', '-ll', '-p', '80', '-e', '/bin/busybox', 'echo', 'served'],
        { ExposedPorts: { '80/tcp': {} }, HostConfig: { PublishAllPorts: true } });
    const port = Number((await container.inspect()).NetworkSettings.Ports['80/tcp'][0].HostPort);
    assert.ok(port > 0);
    assert.equal(await answerOf(port), 'served\n');
});

async function answerOf(port) {
    for (;;) { // until it listens; what is published may be refused before
        try {
            const socket = net.connect(port, '127.0.0.1');
            const text = String(await buffer(socket));
            if (text) return text;
        } catch { /* not yet */ }
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
}

test('follows statistics', async () => {
    const container = await started(['/bin/sleep', '1000']);
    const stream = await container.stats({ stream: true });
    const [first] = await once(stream, 'data');
    stream.destroy();
    const stats = JSON.parse(first);
    assert.ok(stats.memory_stats.usage > 0);
    assert.ok('total_usage' in stats.cpu_stats.cpu_usage);
});

test('follows the logs', async () => {
    const container = await started(['/bin/sh', '-c', 'echo one; sleep 0.3; echo two']);
    const stream = await container.logs({ follow: true, stdout: true, stderr: true });
    assert.deepEqual(await apart(stream), ['one\ntwo\n', '']);
});

test('follows the progress of a pull and a push', async () => {
    const pulled = await progress(await docker.pull(IMAGE));
    assert.match(pulled.at(-1).status, /^Status: /);
    await docker.getImage(IMAGE).tag({ repo: REGISTRY + '/dockerode', tag: '1' });
    const image = docker.getImage(REGISTRY + '/dockerode:1');
    const pushed = await progress(await image.push({ authconfig: {} }));
    assert.ok(pushed.some((line) => line.aux?.Digest?.startsWith('sha256:')));
    await image.remove();
    await assert.rejects(image.inspect(), { statusCode: 404 });
});

test('builds an image of a folder', async () => {
    const folder = await require('node:fs/promises').mkdtemp(require('node:os').tmpdir() + '/dockerode-');
    require('node:fs').writeFileSync(folder + '/Dockerfile', `FROM ${IMAGE}\nCOPY letter /letter\nRUN cat /letter\n`);
    require('node:fs').writeFileSync(folder + '/letter', 'dear');
    const lines = await progress(await docker.buildImage(tar.pack(folder), { t: 'dockerode-built:1' }));
    toRemove.push(docker.getImage('dockerode-built:1'));
    require('node:fs').rmSync(folder, { recursive: true });
    assert.ok(lines.some((line) => line.stream?.startsWith('Step 2/3 : COPY')));
    assert.equal((await docker.getImage('dockerode-built:1').inspect()).RepoTags[0], 'dockerode-built:1');
});

test('says why a build fails', async () => {
    const pack = require('tar-stream').pack();
    pack.entry({ name: 'Dockerfile' }, `FROM ${IMAGE}\nRUN exit 5\n`);
    pack.finalize();
    const lines = await progress(await docker.buildImage(pack, {}));
    assert.match(lines.at(-1).error, /5/);
});

test('hears of events', async () => {
    const stream = await docker.getEvents({ filters: { label: ['heard'], type: ['container'] } });
    const heard = [];
    let rest = '';
    const all = new Promise((resolve) => stream.on('data', (bytes) => {
        const lines = (rest + bytes).split('\n');
        rest = lines.pop();
        heard.push(...lines.filter(Boolean).map((line) => JSON.parse(line).Action));
        if (heard.includes('die')) resolve();
    }));
    await started(['/bin/true'], { Labels: { heard: '' } });
    await all;
    stream.destroy();
    assert.deepEqual(heard.filter((action) => ['create', 'start', 'die'].includes(action)), ['create', 'start', 'die']);
});

test('makes networks and volumes', async () => {
    const network = await docker.createNetwork({ Name: 'dockerode-net' });
    const volume = await docker.createVolume({ Name: 'dockerode-volume' });
    const container = await docker.createContainer({
        Image: IMAGE, Cmd: ['/bin/sleep', '1000'],
        HostConfig: { NetworkMode: 'dockerode-net', Binds: ['dockerode-volume:/data'] } });
    await container.start();
    const { NetworkSettings, Mounts } = await container.inspect();
    assert.deepEqual(Object.keys(NetworkSettings.Networks), ['dockerode-net']);
    assert.deepEqual(Mounts.map((mount) => [mount.Name, mount.Destination]), [['dockerode-volume', '/data']]);
    await assert.rejects(volume.remove(), { statusCode: 409 });
    await container.remove({ force: true });
    await network.remove();
    await volume.remove();
});
