namespace IotAttest.Service.Hosting;

/// <summary>What a verifier can be told; checked by <see cref="VerifierOptionsCheck"/> before anything starts.</summary>
public sealed record VerifierOptions
{
    /// <summary>The longest <see cref="Drain"/>, a minute: service managers lose patience after a minute and a half.</summary>
    public static readonly TimeSpan MaxDrain = TimeSpan.FromMinutes(1);

    /// <summary>A budget holds as much as comes back in this many seconds: a whole rack of boards may start at once.</summary>
    internal const int BurstSeconds = 5;

    /// <summary>The folder with database, keys and the operator's token; made when missing.</summary>
    public string DataDirectory { get; init; } = "./iotattest-data";

    /// <summary>Connection string of a PostgreSQL database, as Npgsql reads it; the keys stay in <see cref="DataDirectory"/>. Null, the default: SQLite in that folder. Never printed
    /// whole: a password may stand in it, though it belongs into PGPASSWORD or the file that <c>Passfile</c> or PGPASSFILE names.</summary>
    public string? Database { get; init; }

    /// <summary>Address and port of HTTP, <c>127.0.0.1:8080</c>; port 0 takes any free one.</summary>
    public string Http { get; init; } = "127.0.0.1:8080";

    /// <summary>Address and port of plain MQTT, or null for none.</summary>
    public string? Mqtt { get; init; } = "127.0.0.1:1883";

    /// <summary>Address and port of MQTT over TLS; listens once <see cref="MqttsCertificate"/> is given. Null for none.</summary>
    public string? Mqtts { get; init; } = "127.0.0.1:8883";

    /// <summary>Path of a PEM file with certificate chain and private key (ECDSA or RSA) for <see cref="Mqtts"/>; read again when it changes.</summary>
    public string? MqttsCertificate { get; init; }

    /// <summary>Path of a PEM file with roots: clients of <see cref="Mqtts"/> must then present a certificate under one of them (mutual TLS). Null asks for none.</summary>
    public string? MqttsClientCa { get; init; }

    /// <summary>Leaves OpenSSL's record buffers to connections of <see cref="Mqtts"/> that are idle, a third of their memory, as .NET does by itself (ADR 0035).</summary>
    public bool MqttsKeepBuffers { get; init; }

    /// <summary>The MQTT broker that boards are connected to, <c>mqtts://host:8883</c> or on this machine <c>mqtt://127.0.0.1:1883</c>; the verifier is its client, whether <see cref="Mqtt"/>
    /// listens or not. Null for none.</summary>
    public Uri? Broker { get; init; }

    /// <summary>Path of a file with <c>user:password</c> for <see cref="Broker"/>, read at each connection. Null when the broker asks for none.</summary>
    public string? BrokerCredentialFile { get; init; }

    /// <summary>Path of a PEM file with the roots under one of which the certificate of <see cref="Broker"/> must lie. Null: the system's.</summary>
    public string? BrokerCa { get; init; }

    /// <summary>The group of a shared subscription: verifiers with the same word share the work of <see cref="Broker"/>. Null, the default: this verifier gets everything.</summary>
    public string? BrokerGroup { get; init; }

    /// <summary>The RabbitMQ cluster that boards are connected to over its MQTT plugin: <c>amqps://host:5671,host:5671</c>, or on this machine <c>amqp://127.0.0.1:5672</c>; not together with
    /// <see cref="Broker"/>. Null for none.</summary>
    public string? Cluster { get; init; }

    /// <summary>Path of a file with <c>user:password</c> for <see cref="Cluster"/>, read at each connection; needed with it.</summary>
    public string? ClusterCredentialFile { get; init; }

    /// <summary>Path of a PEM file with the roots under one of which the certificates of <see cref="Cluster"/> and <see cref="ClusterMqtt"/> must lie. Null: the system's.</summary>
    public string? ClusterCa { get; init; }

    /// <summary>Messages of <see cref="Cluster"/> that this verifier works on at a time: 1 to 10,000, default 500.</summary>
    public int ClusterPrefetch { get; init; } = 500;

    /// <summary>Where each node of <see cref="Cluster"/> takes MQTT, <c>mqtts://host:8883</c>: there the epoch marker is retained, which every node keeps for itself. Empty: boards in epoch mode
    /// learn a marker when it is new only.</summary>
    public IReadOnlyList<Uri> ClusterMqtt { get; init; } = [];

    /// <summary>Path of a file with the secret under which the nodes of a cluster ask who may log in: 32 to 128 letters, digits, - and _. Null: nobody is answered.</summary>
    public string? ClusterAccessFile { get; init; }

    /// <summary>Allows plain HTTP and MQTT on addresses that others can reach: say so only behind something that does TLS.</summary>
    public bool AllowPlainElsewhere { get; init; }

    /// <summary>HTTP connections at a time: 16 to 100,000, default 4,096; one more is closed at once. MQTT has a limit of its own.</summary>
    public int HttpConnections { get; init; } = 4096;

    /// <summary>Of these, from one address that is not this machine's: 8 to 100,000, default 1,024. A proxy in front of the verifier is one address.</summary>
    public int HttpConnectionsPerAddress { get; init; } = 1024;

    /// <summary>MQTT connections at a time, handshakes of TLS among them: 16 to 1,000,000, default 60,000; one more is closed at once.</summary>
    public int MqttConnections { get; init; } = 60_000;

    /// <summary>Of these, from one address that is not this machine's: 8 to 1,000,000, default 10,000. Boards behind one router are one address.</summary>
    public int MqttConnectionsPerAddress { get; init; } = 10_000;

    /// <summary>Challenges and evidence that one address may send over HTTP, per second: 40 to 100,000, default 200; bursts of five times that.</summary>
    public int BoardRequestsPerSecond { get; init; } = 200;

    /// <summary>Messages that one board may send over MQTT, per second, whatever connections it uses: 10 to 100,000, default 200; bursts of five times
    /// that. One more closes its connection.</summary>
    public int BoardMessagesPerSecond { get; init; } = 200;

    /// <summary>Pages and public questions that one address may ask for, per second: 5 to 100,000, default 50; bursts of five times that.</summary>
    public int PageRequestsPerSecond { get; init; } = 50;

    /// <summary>The address under which everybody reaches the pages, as labels and feeds carry it: https, or http on this machine. Null: where HTTP listens.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Hosts that webhooks may reach although they are private or without TLS; by name, as they stand in the URL.</summary>
    public IReadOnlyList<string> WebhookHosts { get; init; } = [];

    /// <summary>The OIDC issuer whose JWTs are taken, as it names itself: https, or http on this machine. Null for none.</summary>
    public Uri? OidcAuthority { get; init; }

    /// <summary>What a JWT must name as its audience; needed with <see cref="OidcAuthority"/>, unless people only sign in there: then JWTs are no bearer tokens.</summary>
    public string? OidcAudience { get; init; }

    /// <summary>The claim that names the organisation, by default <c>organisation</c>.</summary>
    public string OidcOrganisationClaim { get; init; } = "organisation";

    /// <summary>The claim with the roles, by default <c>roles</c>: an array, or words with blanks between.</summary>
    public string OidcRoleClaim { get; init; } = "roles";

    /// <summary>The name under which the issuer knows this verifier as a client: people then sign in there by the authorization code flow with PKCE. Null for no such sign-in.</summary>
    public string? OidcClientId { get; init; }

    /// <summary>Path of a file with the client's secret, read at the start: 1 to 1024 characters of visible ASCII. Null for a public client.</summary>
    public string? OidcClientSecretFile { get; init; }

    /// <summary>What a sign-in asks the issuer for, words with blanks between, by default <c>openid</c>; the claims with organisation and roles may need more.</summary>
    public string OidcScope { get; init; } = "openid";

    /// <summary>Interval at which each board is challenged: 1 s to 24 h, default 300 s.</summary>
    public TimeSpan AttestEvery { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Added to two intervals before silence counts: 0 to 24 h, default 60 s.</summary>
    public TimeSpan SilenceGrace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where metrics, traces and logs go: an OTLP collector that speaks HTTP with protobuf, <c>https://collector:4318</c>. Null for nowhere.</summary>
    public Uri? Otlp { get; init; }

    /// <summary>The share of evidence that is traced: 0 to 1, default 0.01.</summary>
    public double OtlpSample { get; init; } = 0.01;

    /// <summary>How often metrics are sent: 1 s to 1 h, default 30 s.</summary>
    public TimeSpan OtlpEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long <c>/readyz</c> says no before the verifier stops listening: 0 to <see cref="MaxDrain"/>, default none. A load balancer needs the time to see it.</summary>
    public TimeSpan Drain { get; init; }
}
