// What npm's testcontainers does, as its users write it. DOCKER_HOST names the socket; IMAGE is busybox, RYUK_CONTAINER_IMAGE what
// cleans up behind it: a container with the engine's socket in it.
'use strict';
const assert = require('node:assert');
const { once } = require('node:events');
const net = require('node:net');
const { text } = require('node:stream/consumers');
const { test } = require('node:test');
const { GenericContainer, Network, Wait } = require('testcontainers');

const { IMAGE } = process.env;
const SERVER = ['/bin/busybox', 'nc', '-ll', '-p', '80', '-e', '/bin/busybox', 'echo', 'served'];

test('starts a container, waits for its port and asks it', async () => {
    const container = await new GenericContainer(IMAGE).withCommand(SERVER).withExposedPorts(80).start();
    const answer = await text(net.connect(container.getMappedPort(80), container.getHost()));
    assert.equal(answer, 'served\n');
    await container.stop();
});

test('waits for a line of the log', async () => {
    const container = await new GenericContainer(IMAGE)
        .withCommand(['/bin/sh', '-c', 'sleep 0.3; echo ready; sleep 1000'])
        .withWaitStrategy(Wait.forLogMessage('ready')).start();
    const alive = setInterval(() => {}, 1000); // testcontainers' own sockets keep no program running
    const [line] = await once(await container.logs(), 'data');
    clearInterval(alive);
    assert.equal(String(line), 'ready\n');
    await container.stop();
});

test('waits for a health check', async () => {
    const container = await new GenericContainer(IMAGE).withCommand(['/bin/sh', '-c', 'sleep 0.3; touch /tmp/well; sleep 1000'])
        .withHealthCheck({ test: ['CMD-SHELL', 'cat /tmp/well'], interval: 200, timeout: 5000, retries: 100, startPeriod: 0 })
        .withWaitStrategy(Wait.forHealthCheck()).start();
    await container.stop();
});

test('runs commands and copies files', async () => {
    const container = await new GenericContainer(IMAGE).withCommand(['/bin/sleep', '1000'])
        .withCopyContentToContainer([{ content: 'dear', target: '/tmp/letter' }]).start();
    const { output, exitCode } = await container.exec(['/bin/sh', '-c', 'cat /tmp/letter; exit 3']);
    assert.deepEqual([output, exitCode], ['dear', 3]);
    await container.stop();
});

test('containers of a network find each other', async () => {
    const network = await new Network().start();
    const server = await new GenericContainer(IMAGE).withCommand(SERVER).withNetwork(network).withNetworkAliases('web').start();
    const client = await new GenericContainer(IMAGE).withCommand(['/bin/sleep', '1000']).withNetwork(network).start();
    const { output } = await client.exec(['/bin/busybox', 'nc', 'web', '80']);
    assert.equal(output, 'served\n');
    await client.stop();
    await server.stop();
    await network.stop();
});
