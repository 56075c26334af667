using System.Diagnostics;

namespace IotAttest.Cli.Bench.Veraison;

/// <summary>Lets users work at once.</summary>
internal static class UserLoad
{
    /// <param name="verifier">The verifier, whose processor time is read.</param>
    /// <param name="site">The same as users see it.</param>
    /// <param name="boards">A board for each user.</param>
    /// <param name="tasks">What they choose from.</param>
    /// <param name="duration">How long; they all start at its beginning.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static async Task<UserLoadFigures> RunAsync(
        ChildVerifier verifier, VerifierSite site, IReadOnlyList<EvidenceMaker> boards, IReadOnlyList<UserTask> tasks, TimeSpan duration, CancellationToken cancellation)
    {
        VeraisonUser[] users = [.. boards.Select(board => new VeraisonUser(site, board))];
        try
        {
            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            stop.CancelAfter(duration);
            double cpu = verifier.CpuSeconds;
            Stopwatch watch = Stopwatch.StartNew();
            await Task.WhenAll(users.Select(user => Task.Run(() => user.RunAsync(tasks, stop.Token), CancellationToken.None)));
            cancellation.ThrowIfCancellationRequested();
            return Of(users, watch.Elapsed, verifier.CpuSeconds - cpu);
        }
        finally
        {
            foreach (VeraisonUser user in users)
            {
                user.Dispose();
            }
        }
    }

    private static UserLoadFigures Of(VeraisonUser[] users, TimeSpan elapsed, double cpuSeconds) => new(
        users.SelectMany(user => user.Latencies.Keys)
            .Distinct()
            .Order()
            .ToDictionary(kind => kind, kind => RequestFigures.Of(
                users.SelectMany(user => user.Latencies.GetValueOrDefault(kind) ?? []), users.Sum(user => user.Failed.GetValueOrDefault(kind)), elapsed)),
        cpuSeconds / elapsed.TotalSeconds);
}
