using System.Collections.Concurrent;
using System.Collections.Immutable;
using IotAttest.Domain.Products;
using IotAttest.Service.Storage;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Products;

/// <summary>The components of all products and builds in memory, because every answer about a board asks for them.</summary>
internal sealed class ComponentDirectory
{
    private readonly ConcurrentDictionary<ComponentSubject, ImmutableArray<ComponentReference>> _lists = new();
    private readonly ConcurrentDictionary<(string Scheme, string Number), ComponentDecision> _decisions = new();
    private readonly TimeProvider _clock;

    public ComponentDirectory(Database database, TimeProvider clock)
    {
        _clock = clock;
        using SqliteConnection connection = database.Open();
        foreach (IGrouping<ComponentSubject, ComponentRow> list in ComponentTable.ReadAll(connection).GroupBy(row => row.Subject))
        {
            Put(list.Key, [.. list.Select(row => row.ToReference())]);
        }

        foreach (ComponentDecisionRow row in ComponentTable.ReadDecisions(connection))
        {
            Put(row.Scheme, row.Number, row.ToDecision());
        }
    }

    /// <summary>Takes over a list. Called on the writer thread after the commit.</summary>
    public void Put(ComponentSubject subject, ImmutableArray<ComponentReference> components)
    {
        if (components.IsEmpty)
        {
            _lists.TryRemove(subject, out _);
            return;
        }

        // Names and addresses are for people, who read the database.
        _lists[subject] = [.. components.Select(component => component with { Name = "", Level = null, Url = null })];
    }

    /// <summary>Takes over a decision. Called on the writer thread after the commit.</summary>
    public void Put(string scheme, string number, ComponentDecision decision) => _decisions[(scheme, number)] = decision;

    /// <summary>True when a component of this class, or of this build of it, has a certificate that is not in force by what is known.</summary>
    public bool HasWarning(Guid classId, string? build) =>
        !_lists.IsEmpty && (HasWarning(new ComponentSubject(classId, null)) || (build is not null && HasWarning(new ComponentSubject(classId, build))));

    private bool HasWarning(ComponentSubject subject) =>
        _lists.TryGetValue(subject, out ImmutableArray<ComponentReference> components) && components.Any(component => IsWarning(component, _clock.GetUtcNow()));

    private bool IsWarning(ComponentReference component, DateTimeOffset now) =>
        component.At(_decisions.GetValueOrDefault((component.Scheme, component.Number)), now) is not (ComponentStatus.InForce or ComponentStatus.Unknown);
}
