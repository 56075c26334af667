using System.Data.Common;
using System.Globalization;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Products;
using IotAttest.Service.Certificates;

namespace IotAttest.Service.Products;

/// <summary>What is to be said of a product, or of a build of it, at a moment: how its support stands, and what to be warned of.</summary>
/// <param name="SupportUntil">The last day of support; null when none was published.</param>
/// <param name="Support">notStated, supported, ending or ended.</param>
/// <param name="Warnings">Empty when there is nothing to warn of.</param>
internal sealed record ProductNotes(string? SupportUntil, string Support, IReadOnlyList<ProductNote> Warnings)
{
    /// <summary>The code of a component whose certificate is not in force.</summary>
    public const string ComponentNotInForce = nameof(Conditions.ComponentNotInForce);

    /// <summary>Reads the notes about a product, and about a build of it when one is given.</summary>
    public static ProductNotes Read(DbConnection connection, Guid classId, string? build, DateTimeOffset at)
    {
        SupportPeriod support = ProductTable.Find(connection, null, classId, at)?.Model.Support ?? default;
        return Of(support, ComponentTable.ReadStanding(connection, classId, build, at), at);
    }

    public static ProductNotes Of(SupportPeriod support, IEnumerable<ComponentReferenceView> components, DateTimeOffset at)
    {
        SupportState state = support.At(at);
        return new ProductNotes(
            DayText.Of(support.LastDay),
            EnumWord.Of(state),
            [.. OfSupport(support, state, at), .. components.Where(component => component.IsWarning).Select(component => component.ToNote())]);
    }

    private static IEnumerable<ProductNote> OfSupport(SupportPeriod support, SupportState state, DateTimeOffset at)
    {
        if (state == SupportState.Ending)
        {
            int days = (int)Math.Ceiling((support.End!.Value - at).TotalDays);
            yield return new ProductNote("SupportEnding", string.Create(CultureInfo.InvariantCulture, $"Security updates end on {DayText.Of(support.LastDay)}: {days} days left."));
        }
        else if (state == SupportState.Ended)
        {
            yield return new ProductNote("SupportEnded", $"Security updates ended on {DayText.Of(support.LastDay)}.");
        }
    }
}
