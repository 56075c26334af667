using System.Globalization;
using IotAttest.Protocol;

namespace IotAttest.Cli.Commands.Broker;

/// <summary>The two texts that tell mosquitto how to treat boards and the verifier.</summary>
internal static class MosquittoTexts
{
    /// <summary>The user name of the verifier at the broker; no UEID looks like it.</summary>
    public const string VerifierUser = "iotattest-verifier";

    private const string AnyBoard = $"{Topics.Prefix}+";
    private const string OwnBoard = $"{Topics.Prefix}%u";

    public static string Configuration(MosquittoPlan plan, MosquittoFolder folder) => string.Create(CultureInfo.InvariantCulture, $"""
        # Made by: iotattest broker mosquitto. What the settings are for stands in docs/guides/brokers.md.
        per_listener_settings false
        {Account(plan)}
        listener {plan.Listen.Port} {plan.Listen.Address}
        {Tls(plan)}
        # A board's client id is its user name: nobody takes over the session of another.
        use_username_as_clientid true

        allow_anonymous false
        password_file {folder.Passwords}
        acl_file {folder.Acl}

        # Sessions outlive the broker. One that is killed loses what came since the last save; boards repeat it, because no result comes.
        persistence true
        persistence_location {folder.Data}/
        autosave_interval 5

        # Else each answer waits 40 ms for the acknowledgement of the packet before it (Nagle's algorithm and delayed ones).
        set_tcp_nodelay true

        # Evidence and its topic fit well; longer packets end the connection before a verifier sees them.
        max_packet_size 4096
        # Heard by MQTT 5 clients only.
        max_keepalive 3600
        # In flight to the verifier at a time, and kept for it while it is away. What does not fit is lost although the board saw it acknowledged.
        max_inflight_messages 1000
        max_queued_messages {plan.Queue}

        """);

    /// <summary>Boards write and read their own topics only: %u is the user name that the password proved.</summary>
    public static string Acl() => $"""
        # Made by: iotattest broker mosquitto.
        pattern write {OwnBoard}{Topics.HelloLeaf}
        pattern write {OwnBoard}{Topics.EvidenceLeaf}
        pattern read {OwnBoard}{Topics.ChallengeLeaf}
        pattern read {OwnBoard}{Topics.ResultLeaf}
        pattern read {Topics.Epoch}

        user {VerifierUser}
        topic read {AnyBoard}{Topics.HelloLeaf}
        topic read {AnyBoard}{Topics.EvidenceLeaf}
        topic write {AnyBoard}{Topics.ChallengeLeaf}
        topic write {AnyBoard}{Topics.ResultLeaf}
        topic write {Topics.Epoch}

        """;

    private static string Account(MosquittoPlan plan) => plan.Account is null ? "" : $"user {plan.Account}\n";

    // The oldest version that is spoken; newer ones are too.
    private static string Tls(MosquittoPlan plan) => plan.Certificate is null ? "" : $"certfile {plan.Certificate}\nkeyfile {plan.Certificate}\ntls_version tlsv1.2\n";
}
