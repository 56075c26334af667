using IotAttest.Domain.Advisories;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Advisories;

/// <summary>How a fleet moves to the fixed build.</summary>
/// <param name="Advisory">The advisory.</param>
/// <param name="Scope"><c>public</c>, where days that stand for fewer than 10 boards of a kind are left out, or <c>own</c> for exact figures of the caller's boards.</param>
/// <param name="Days">Oldest first; the last one is now.</param>
/// <param name="Withheld">How many days are left out.</param>
internal sealed record AdoptionView(string Advisory, string Scope, IReadOnlyList<AdoptionDay> Days, int Withheld);

/// <summary>Boards by what they run at the end of a day; <paramref name="FixedShare"/> is of all of them, in percent.</summary>
internal sealed record AdoptionDay(string At, int Boards, int Fixed, int Affected, int Other, double FixedShare)
{
    public static AdoptionDay Of(AdoptionPoint point) => new(
        UtcText.Of(point.At), point.Boards, point.Fixed, point.Affected, point.Other, point.Boards == 0 ? 0 : Math.Round(100.0 * point.Fixed / point.Boards, 1));
}
