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

    /// <summary>For the log: the innermost causes.</summary>
    public static string DetailOf(Exception cause) => string.Join("; ", Inside(cause).Where(inner => inner.InnerException is null).Select(inner => inner.Message).Distinct());

    private static IEnumerable<Exception> Inside(Exception cause)
    {
        IEnumerable<Exception> inner = cause is AggregateException many ? many.InnerExceptions : cause.InnerException is { } one ? [one] : [];
        return inner.SelectMany(Inside).Prepend(cause);
    }
}
