using System.Buffers.Binary;
using System.Runtime.InteropServices;
using IotAttest.Domain.Evidence;
using IotAttest.Protocol;

namespace IotAttest.Domain.ReferenceValues;

/// <summary>What the builds of each class are made of, for saying in which way an unknown set differs: each question costs a look-up or two,
/// whatever the number of builds. Immutable; builds come, none goes.</summary>
internal sealed class DigestIndex
{
    private readonly LayeredIndex<DigestKey, bool> _digests;
    private readonly LayeredIndex<(Guid Class, string Names), bool> _shapes;
    private readonly LayeredIndex<(Guid Class, string Name), bool> _names;
    private readonly LayeredIndex<(Guid Class, string SetHash), bool> _besideConfig;

    public DigestIndex(IReadOnlyCollection<ReferenceBuild> builds)
    {
        Dictionary<DigestKey, bool> digests = new(builds.Count);
        Dictionary<(Guid, string), bool> shapes = [];
        Dictionary<(Guid, string), bool> names = [];
        Dictionary<(Guid, string), bool> besideConfig = [];
        foreach (ReferenceBuild build in builds)
        {
            shapes[(build.ClassId, ShapeOf(build.Measured))] = true;
            foreach (MeasuredComponent component in build.Measured.Components)
            {
                names[(build.ClassId, component.Name)] = true;
                digests[DigestKey.Of(build.ClassId, component)] = true;
            }

            if (HashBesideConfig(build.Measured) is { } hash)
            {
                besideConfig[(build.ClassId, hash)] = true;
            }
        }

        _digests = new(digests);
        _shapes = new(shapes);
        _names = new(names);
        _besideConfig = new(besideConfig);
    }

    private DigestIndex(DigestIndex earlier, ReferenceBuild added)
    {
        Guid classId = added.ClassId;
        _digests = earlier._digests;
        _names = earlier._names;
        foreach (MeasuredComponent component in added.Measured.Components)
        {
            _digests = Added(_digests, DigestKey.Of(classId, component));
            _names = Added(_names, (classId, component.Name));
        }

        _shapes = Added(earlier._shapes, (classId, ShapeOf(added.Measured)));
        _besideConfig = HashBesideConfig(added.Measured) is { } hash ? Added(earlier._besideConfig, (classId, hash)) : earlier._besideConfig;
    }

    /// <summary>The names of the components in their one order.</summary>
    public static string ShapeOf(MeasuredSet measured) => string.Join(' ', measured.Components.Select(component => component.Name));

    public DigestIndex With(ReferenceBuild added) => new(this, added);

    /// <summary>True when a build of the class has exactly these component names.</summary>
    public bool HasShape(Guid classId, MeasuredSet measured) => _shapes.Contains((classId, ShapeOf(measured)));

    /// <summary>True when a build of the class has a component of that name.</summary>
    public bool HasName(Guid classId, string name) => _names.Contains((classId, name));

    /// <summary>True when a build of the class has this component with this digest.</summary>
    public bool Knows(Guid classId, MeasuredComponent component) => _digests.Contains(DigestKey.Of(classId, component));

    /// <summary>True when a build of the class with a measured configuration has the same components beside it.</summary>
    public bool KnowsBesideConfig(Guid classId, MeasuredSet measured) =>
        HashBesideConfig(measured) is { } hash && _besideConfig.Contains((classId, hash));

    private static LayeredIndex<TKey, bool> Added<TKey>(LayeredIndex<TKey, bool> index, TKey key)
        where TKey : notnull => index.Contains(key) ? index : index.With(key, true);

    private static string? HashBesideConfig(MeasuredSet measured) => measured.DigestOf(EvidenceProfile.Config) is null
        ? null
        : new MeasuredSet(measured.Components.Where(component => component.Name != EvidenceProfile.Config)).Hash;

    /// <summary>A digest as numbers: two hundred thousand texts would take more room than the builds.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct DigestKey(Guid Class, string Name, UInt128 High, UInt128 Low)
    {
        public static DigestKey Of(Guid classId, MeasuredComponent component) => new(
            classId,
            component.Name,
            BinaryPrimitives.ReadUInt128BigEndian(component.Sha256.Span),
            BinaryPrimitives.ReadUInt128BigEndian(component.Sha256.Span[16..]));
    }
}
