"""usage: paho_peer.py PORT CLIENT_ID COUNT: subscribes, publishes COUNT messages at each QoS, waits for the echo of each."""
import sys
import threading

import paho.mqtt.client as mqtt

port, client_id, count = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
echoes = set()
subscribed = threading.Event()
complete = threading.Event()


def on_message(client, userdata, message):
    echoes.add(message.payload)
    if len(echoes) == 3 * count:
        complete.set()


def make_client():
    if hasattr(mqtt, "CallbackAPIVersion"):
        return mqtt.Client(mqtt.CallbackAPIVersion.VERSION1, client_id=client_id, protocol=mqtt.MQTTv311)
    return mqtt.Client(client_id=client_id, protocol=mqtt.MQTTv311)


client = make_client()
client.username_pw_set("user", "secret")
client.on_connect = lambda c, u, flags, rc: c.subscribe(f"{client_id}/echo", qos=1)
client.on_subscribe = lambda c, u, mid, granted: subscribed.set()
client.on_message = on_message
client.connect("127.0.0.1", port)
client.loop_start()
if not subscribed.wait(20):
    sys.exit("no SUBACK")
for info in [client.publish(f"{client_id}/evidence", f"{qos}-{i}", qos=qos) for qos in (0, 1, 2) for i in range(count)]:
    info.wait_for_publish(20)
if not complete.wait(20):
    sys.exit(f"{len(echoes)} of {3 * count} echoes")
client.disconnect()
client.loop_stop()
print(f"echoed {len(echoes)}")
