using System.Diagnostics.CodeAnalysis;

namespace IotAttest.Domain.Images;

/// <summary>A deployment file (the .bin of a build): assemblies end to end, each zero padded to 4 bytes; no header of its own.</summary>
/// <param name="Assemblies">1 to 256, in the order of the file, with their offsets.</param>
/// <param name="LengthBytes">Where the last assembly's padding ends; erased bytes behind it are not counted.</param>
public sealed record Deployment(IReadOnlyList<NanoPeFile> Assemblies, int LengthBytes)
{
    private const int MaxAssemblies = 256;

    /// <summary>Reads a deployment and verifies each assembly in it.</summary>
    /// <param name="file">Assemblies, then nothing or erased bytes (0xFF). Whatever else stands there is named with its offset: the loader walks
    /// the whole region, so a certified build has nothing hidden behind its last assembly.</param>
    /// <param name="deployment">The assemblies; null when the file is refused.</param>
    /// <param name="error">The first field that does not hold, with its offset in the file; null when the file is taken.</param>
    /// <returns>True when the file holds at least one assembly and nothing but assemblies.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> file,
        [NotNullWhen(true)] out Deployment? deployment,
        [NotNullWhen(false)] out ImageError? error)
    {
        List<NanoPeFile> assemblies = [];
        int position = 0;
        error = null;
        while (error is null && position < file.Length && file[position] != ErasedFlash.Value)
        {
            error = ReadNext(file, ref position, assemblies);
        }

        error ??= CheckTail(file, position, assemblies.Count);
        deployment = error is null ? new(assemblies, position) : null;
        return deployment is not null;
    }

    private static ImageError? ReadNext(ReadOnlySpan<byte> file, ref int position, List<NanoPeFile> assemblies)
    {
        if (assemblies.Count == MaxAssemblies)
        {
            return new("assembly", position, "one more assembly", $"at most {MaxAssemblies}", "split the application");
        }

        if (!NanoPeFile.TryReadFirst(file[position..], position, out NanoPeFile? assembly, out ImageError? error))
        {
            return error with { Field = $"assembly {assemblies.Count} {error.Field}" };
        }

        assemblies.Add(assembly);
        int end = position + assembly.TotalSize;
        int padding = -assembly.TotalSize & (NanoPeFile.Alignment - 1);
        if (file.Length - end < padding)
        {
            return ImageError.Truncated($"assembly {assemblies.Count - 1} padding", end, padding, file.Length - end);
        }

        position = end + padding;
        return file.Slice(end, padding).ContainsAnyExcept((byte)0)
            ? new($"assembly {assemblies.Count - 1} padding", end, Convert.ToHexString(file.Slice(end, padding)), "zeros", "build the project again")
            : null;
    }

    private static ImageError? CheckTail(ReadOnlySpan<byte> file, int position, int assemblies)
    {
        if (assemblies == 0)
        {
            return new("assembly 0 magic", 0, file.IsEmpty ? "an empty file" : "erased bytes", "at least one assembly", "pass the .bin of the build");
        }

        int stray = ErasedFlash.FirstWritten(file[position..]);
        return stray < 0
            ? null
            : new("erased tail", position + stray, $"0x{file[position + stray]:X2} behind erased bytes", "0xFF up to the end",
                "erase the region and deploy again; the loader would run an assembly there");
    }
}
