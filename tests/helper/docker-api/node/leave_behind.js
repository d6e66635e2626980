// A program that makes a container and never tidies up: Ryuk does, once it is gone.
const { GenericContainer } = require('testcontainers');

new GenericContainer(process.env.IMAGE).withCommand(['/bin/sleep', '1000']).withLabels({ left: 'behind' }).start()
    .then(() => setTimeout(() => {}, 1000000));
