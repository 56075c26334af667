using System.Collections.Immutable;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Appraisal;

/// <summary>Keeps the measured sets that made a board's firmware unknown: the cause stays when the old content comes back,
/// and goes when a manifest of the manufacturer covers exactly those digests.</summary>
public static class StickyCauses
{
    /// <summary>Most causes kept for one board; a board that shows more unknown sets stays marked by the first ones.</summary>
    public const int MaxCauses = 16;

    /// <summary>Drops causes that are covered by now and adds the current set when it is one.</summary>
    public static DeviceFacts Update(DeviceFacts facts, Guid classId, ManufacturerReference reference, MeasuredSet? current)
    {
        ImmutableArray<string> causes = facts.UnknownSets.IsEmpty ? [] : [.. facts.UnknownSets.Where(set => !reference.Covers(classId, set))];
        if (current is not null
            && causes.Length < MaxCauses
            && !causes.Contains(current.Hash)
            && Appraiser.IsStickyUnknown(reference, classId, current))
        {
            causes = causes.Add(current.Hash);
        }

        return causes.SequenceEqual(facts.UnknownSets) ? facts : facts with { UnknownSets = causes };
    }
}
