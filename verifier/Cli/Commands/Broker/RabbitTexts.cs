using System.Globalization;
using System.Text.Json;

namespace IotAttest.Cli.Commands.Broker;

/// <summary>The three texts that tell RabbitMQ how to treat boards and verifiers.</summary>
internal static class RabbitTexts
{
    /// <summary>The user name of the verifiers at the cluster; no UEID looks like it.</summary>
    public const string VerifierUser = "iotattest-verifier";

    public const string Plugins = "[rabbitmq_mqtt,rabbitmq_auth_backend_http,rabbitmq_prometheus].\n";

    /// <summary>As long as a challenge is good.</summary>
    private const int TtlMs = 60_000;

    // Each waits for the other nodes, not for a processor.
    private const int WorkerPool = 16;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Configuration(RabbitPlan plan, RabbitFolder folder, string secret) => string.Create(CultureInfo.InvariantCulture, $"""
        # Made by: iotattest broker rabbitmq. What the settings are for stands in docs/guides/brokers.md.
        {Listeners(plan)}
        prometheus.tcp.ip = {plan.Metrics.Address}
        prometheus.tcp.port = {plan.Metrics.Port}

        # Users, rights and the policy of boards' queues; no user guest is made.
        load_definitions = {folder.Definitions}

        # The verifiers' user RabbitMQ knows itself, so that they connect before any of them answers; boards it asks them about.
        auth_backends.1 = internal
        auth_backends.2 = http
        auth_http.http_method = post
        auth_http.user_path = {Question(plan, secret, "user")}
        auth_http.vhost_path = {Question(plan, secret, "vhost")}
        auth_http.resource_path = {Question(plan, secret, "resource")}
        auth_http.topic_path = {Question(plan, secret, "topic")}

        mqtt.allow_anonymous = false
        mqtt.vhost = /
        mqtt.exchange = amq.topic
        mqtt.prefetch = 10
        # How long RabbitMQ keeps the queue of a board that asked for a session and went away.
        mqtt.subscription_ttl = 3600000
        {Tls(plan)}
        # Evidence and results fit well; longer messages end the connection.
        max_message_size = 16384
        log.file.level = warning
        {Cluster(plan)}
        """);

    /// <summary>Users, rights, and the policy: what waits for a board is no older than a challenge may be.</summary>
    public static string Definitions(RabbitPlan plan, string passwordHash) => JsonSerializer.Serialize(
        new
        {
            vhosts = new[] { new { name = "/" } },
            users = new[] { new { name = VerifierUser, password_hash = passwordHash, hashing_algorithm = RabbitPassword.Algorithm, tags = "" } },
            permissions = new[] { new { user = VerifierUser, vhost = "/", configure = @"^(iotattest\.v1\.|mqtt-subscription-iotattest)", write = @"^(iotattest\.v1\.|amq\.topic$)", read = @"^(iotattest\.v1\.|amq\.topic$)" } },
            policies = new[]
            {
                new Dictionary<string, object> { ["vhost"] = "/", ["name"] = "iotattest-boards", ["pattern"] = "^mqtt-subscription-", ["apply-to"] = "queues", ["priority"] = 10, ["definition"] = BoardQueues(plan) },
            },
        },
        Indented);

    private static Dictionary<string, object> BoardQueues(RabbitPlan plan)
    {
        Dictionary<string, object> queues = new() { ["message-ttl"] = TtlMs, ["max-length"] = 32 };
        if (plan.Nodes.Count > 1)
        {
            // With one copy a board whose node is down could not subscribe again until that node is back.
            queues["ha-mode"] = "exactly";
            queues["ha-params"] = 2;

            // A new copy has what comes from then on. To copy the rest would hold up boards that come back, for what is worth nothing after 60 s.
            queues["ha-sync-mode"] = "manual";

            // Else a queue whose copy lacks a message is down with a node that is stopped, until it is back.
            queues["ha-promote-on-shutdown"] = "always";
        }

        return queues;
    }

    private static string Question(RabbitPlan plan, string secret, string kind) => $"{plan.Verifier.GetLeftPart(UriPartial.Path).TrimEnd('/')}/v1/rabbitmq/{secret}/{kind}";

    private static string Listeners(RabbitPlan plan) => plan.Certificate is null
        ? $"listeners.tcp.1 = {plan.Amqp}\nmqtt.listeners.tcp.1 = {plan.Mqtt}\nmqtt.listeners.ssl = none\n"
        : $"listeners.tcp = none\nlisteners.ssl.1 = {plan.Amqp}\nmqtt.listeners.tcp = none\nmqtt.listeners.ssl.1 = {plan.Mqtt}\n";

    private static string Tls(RabbitPlan plan) => plan.Certificate is null ? "" : $"""

        ssl_options.cacertfile = {plan.Root}
        ssl_options.certfile = {plan.Certificate}
        ssl_options.keyfile = {plan.Certificate}
        ssl_options.verify = verify_none
        ssl_options.fail_if_no_peer_cert = false
        ssl_options.versions.1 = tlsv1.3
        ssl_options.versions.2 = tlsv1.2

        """;

    private static string Cluster(RabbitPlan plan) => plan.Nodes.Count < 2 ? "" : string.Create(CultureInfo.InvariantCulture, $"""

        # The part that is cut off from the majority stops: two halves that both take evidence would not agree.
        cluster_partition_handling = pause_minority
        cluster_formation.peer_discovery_backend = classic_config
        cluster_formation.target_cluster_size_hint = {plan.Nodes.Count}
        # Changes of queues that run at once; the default is the number of Erlang's schedulers, which is that of the cores. When a node dies its boards wait for hundreds of them (docs/scale.md).
        default_worker_pool_size = {WorkerPool}
        {string.Join('\n', plan.Nodes.Select((node, index) => $"cluster_formation.classic_config.nodes.{index + 1} = {node}"))}

        """);
}
