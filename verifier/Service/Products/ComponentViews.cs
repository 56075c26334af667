using IotAttest.Domain.Products;
using IotAttest.Service.Certificates;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Products;

/// <summary>A component with a certificate of its own, and how that stands.</summary>
/// <param name="Name">The part, in words.</param>
/// <param name="Scheme">The scheme of its certificate.</param>
/// <param name="Number">Its number there.</param>
/// <param name="Level">Its level, or null.</param>
/// <param name="Url">Where it can be read, or null.</param>
/// <param name="Status">inForce, suspended, withdrawn, expired or unknown, by the clock too.</param>
/// <param name="Until">The last day of its validity, or null.</param>
/// <param name="SaidBy">The body, or operator, that said so last; the manufacturer where nobody did.</param>
/// <param name="Reason">Why, when a body or the operator said it.</param>
/// <param name="Of">product or build: which of the two names it.</param>
internal sealed record ComponentReferenceView(string Name, string Scheme, string Number, string? Level, string? Url, string Status, string? Until, string SaidBy, string? Reason, string Of)
{
    /// <summary>True when whoever relies on the product should know. Unknown is no alarm, and no assurance.</summary>
    internal bool IsWarning => Status is not ("inForce" or "unknown");

    public static ComponentReferenceView From(ComponentRow row, ComponentDecision? decided, DateTimeOffset at)
    {
        ComponentReference reference = row.ToReference();
        return new ComponentReferenceView(
            reference.Name,
            reference.Scheme,
            reference.Number,
            reference.Level,
            reference.Url,
            EnumWord.Of(reference.At(decided, at)),
            DayText.Of(decided?.Until ?? reference.Until),
            decided?.DecidedBy ?? row.Manufacturer,
            decided?.Reason,
            row.Build is null ? "product" : "build");
    }

    public ProductNote ToNote() => new(ProductNotes.ComponentNotInForce, $"The certificate {Number} ({Scheme}) of {Name} is {Status}.");
}

/// <summary>The components of a product or a build.</summary>
internal sealed record ComponentListView(Guid Class, string? Build, IReadOnlyList<ComponentReferenceView> Components, IReadOnlyList<ComponentListChangeView> History);

/// <summary>When a list was named, by whom and why.</summary>
internal sealed record ComponentListChangeView(string At, string DecidedBy, string Reason, long Components);

/// <summary>Who depends on components; not all of them when IsComplete is false.</summary>
internal sealed record ComponentSearchResult(IReadOnlyList<ComponentDependentView> Dependents, IReadOnlyList<ComponentDecisionView> Decisions, bool IsComplete);

/// <summary>A product, or a build of it, that names a component; with the certificates of the build, or of all builds of the product.</summary>
internal sealed record ComponentDependentView(Guid Class, string? Build, string Manufacturer, ComponentReferenceView Component, IReadOnlyList<string> Certificates);

/// <summary>What was said of the certificate of a component.</summary>
internal sealed record ComponentDecisionView(string Scheme, string Number, string Status, string? Until, string At, string DecidedBy, string Reason)
{
    public static ComponentDecisionView Of(ComponentDecisionRow row) => new(row.Scheme, row.Number, row.Status, row.Until, UtcText.OfMs(row.At), row.DecidedBy, row.Reason);
}
