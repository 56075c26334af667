namespace IotAttest.Service.Advisories.Incidents;

/// <summary>What a report to the authorities needs, as far as a verifier knows it. People complete and send it.</summary>
/// <param name="GeneratedAt">When it was put together.</param>
/// <param name="Notice">That nothing was sent.</param>
/// <param name="Incident">The incident and its clocks.</param>
/// <param name="Advisory">The advisory, where there is one.</param>
/// <param name="Vulnerabilities">What it speaks of.</param>
/// <param name="Builds">Builds of the manufacturer that are affected.</param>
/// <param name="Devices">Boards that attest one of them now; of a severe incident also those with firmware that nobody knows.</param>
/// <param name="Countries">The countries where these boards attest: of the organisation that runs them.</param>
/// <param name="DevicesWithoutCountry">Boards of organisations whose country nobody said.</param>
internal sealed record IncidentExport(
    string GeneratedAt,
    string Notice,
    IncidentView Incident,
    AdvisoryView? Advisory,
    IReadOnlyList<VulnerabilityView> Vulnerabilities,
    IReadOnlyList<ExportedBuild> Builds,
    long Devices,
    IReadOnlyList<CountryCount> Countries,
    long DevicesWithoutCountry)
{
    public const string NothingIsSent = "Nothing was sent to anybody. Complete this and report it where the law asks for it.";
}

/// <summary>An affected build.</summary>
internal sealed record ExportedBuild(string Build, string Version);

/// <summary>Boards in a country (ISO 3166-1 alpha-2).</summary>
internal sealed record CountryCount(string Country, long Devices);
