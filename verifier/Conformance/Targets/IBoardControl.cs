namespace IotAttest.Conformance;

/// <summary>Does things to a board.</summary>
public interface IBoardControl
{
    /// <summary>Does one step.</summary>
    /// <returns>Null when it is done, else why not, in words for the report.</returns>
    Task<string?> PerformAsync(BoardStep step, CancellationToken cancellation);
}
