using System.Net.Sockets;
using System.Security.Authentication;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace IotAttest.Service.Cluster;

/// <summary>What a failed connection means: the client wraps the cause, one for each node it tried.</summary>
internal static class ClusterFault
{
    /// <summary>What everybody may read: no names, no addresses.</summary>
    public static string WordsFor(Exception cause)
    {
        Exception[] causes = [.. Inside(cause)];
        return causes.OfType<AuthenticationFailureException>().Any() ? "the RabbitMQ cluster refuses this verifier's user or password"
            : causes.OfType<AuthenticationException>().Any() ? "a node of the RabbitMQ cluster has no certificate that counts"
            : causes.OfType<OperationInterruptedException>().Any(interrupted => interrupted.ShutdownReason?.ReplyCode == Constants.PreconditionFailed) ? "the queues of the RabbitMQ cluster are not those of this version"
            : causes.OfType<OperationInterruptedException>().Any(interrupted => interrupted.ShutdownReason?.ReplyCode == Constants.AccessRefused) ? "the RabbitMQ cluster does not give this verifier the rights it needs"
            : "there is no connection to the RabbitMQ cluster";
    }

    /// <summary>For the log: the innermost causes, and what to do about those whose words leave that open.</summary>
    /// <param name="cause">What the client threw.</param>
    /// <param name="isSecured">Whether the connection was to be over TLS.</param>
    /// <param name="ca">The file with the roots that count; null for those of the system.</param>
    public static string DetailOf(Exception cause, bool isSecured, string? ca)
    {
        Exception[] causes = [.. Inside(cause)];
        string words = string.Join("; ", causes.Where(inner => inner.InnerException is null).Select(inner => inner.Message.TrimEnd('.')).Distinct());
        return HintFor(causes, isSecured, ca) is { } hint ? $"{words}; {hint}" : words;
    }

    private static string? HintFor(Exception[] causes, bool isSecured, string? ca) =>
        causes.OfType<AuthenticationException>().Any() ? $"expected is TLS with a certificate for the host as Cluster names it, under a root {(ca is null ? "of this system (ClusterCa names another)" : $"in {ca}")}"
        : !isSecured && causes.Any(IsEnded) ? "a port that speaks TLS ends a connection without: write amqps:// for it"
        : null;

    private static bool IsEnded(Exception cause) => cause is EndOfStreamException or SocketException { SocketErrorCode: SocketError.ConnectionReset };

    private static IEnumerable<Exception> Inside(Exception cause)
    {
        IEnumerable<Exception> inner = cause is AggregateException many ? many.InnerExceptions : cause.InnerException is { } one ? [one] : [];
        return inner.SelectMany(Inside).Prepend(cause);
    }
}
