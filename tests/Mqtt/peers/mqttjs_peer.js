// usage: node mqttjs_peer.js PORT CLIENT_ID COUNT: subscribes, publishes COUNT messages at each QoS, waits for the echo of each.
const mqtt = require('mqtt');

const [port, clientId, count] = [Number(process.argv[2]), process.argv[3], Number(process.argv[4])];
const client = mqtt.connect({ host: '127.0.0.1', port, clientId, protocolVersion: 4, reconnectPeriod: 0 });
const echoes = new Set();

client.on('error', error => { console.error(error.message); process.exit(1); });
client.on('message', (topic, payload) => echoes.add(payload.toString()));
client.on('connect', async () => {
  const granted = await client.subscribeAsync(`${clientId}/echo`, { qos: 1 });
  const sends = [];
  for (const qos of [0, 1, 2]) {
    for (let i = 0; i < count; i++) {
      sends.push(client.publishAsync(`${clientId}/evidence`, `${qos}-${i}`, { qos }));
    }
  }
  await Promise.all(sends);
  const waiting = setInterval(async () => {
    if (echoes.size === 3 * count) {
      clearInterval(waiting);
      await client.endAsync();
      console.log(`granted ${granted[0].qos}, echoed ${echoes.size}`);
    }
  }, 10);
});
