namespace IotAttest.Cli.Commands.Device;

/// <summary>What a factory run did.</summary>
/// <param name="Before">Boards that an earlier, stopped run had made.</param>
/// <param name="Made">Boards made now.</param>
/// <param name="Elapsed">How long that took.</param>
internal sealed record FactoryReport(int Before, int Made, TimeSpan Elapsed)
{
    /// <summary>Boards made in a second; 0 when none was.</summary>
    public double Rate => Made == 0 ? 0 : Math.Round(Made / Elapsed.TotalSeconds);
}
