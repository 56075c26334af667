namespace IotAttest.Cli.Bench.Veraison;

/// <summary>What one run of users measured.</summary>
/// <param name="Requests">Each kind of request that was sent.</param>
/// <param name="Processors">Processor time of the verifier in a second: how many processors it had at work.</param>
internal sealed record UserLoadFigures(IReadOnlyDictionary<UserRequest, RequestFigures> Requests, double Processors)
{
    /// <summary>Evidence, or nothing when none was sent.</summary>
    public RequestFigures Evidence => Requests.GetValueOrDefault(UserRequest.Evidence) ?? RequestFigures.Of([], 0, TimeSpan.Zero);

    /// <summary>The rate as Veraison's plots have it: the mean over each kind of request and their sum.</summary>
    /// <remarks>In their scripts (perf/scripts/plot-runs, plot-store-weight-runs) the selection of one kind is computed and dropped, so that all lines of the statistics are averaged.</remarks>
    public double AsPlottedPerSecond => Requests.Count == 0 ? 0 : 2 * Requests.Values.Sum(request => request.PerSecond) / (Requests.Count + 1);

    public int Failed => Requests.Values.Sum(request => request.Failed);
}
