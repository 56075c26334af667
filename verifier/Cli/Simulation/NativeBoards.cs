using IotAttest.Cli.Failures;
using IotAttest.Simulator;

namespace IotAttest.Cli.Simulation;

/// <summary>Finds the library of <c>simulate --native</c>: the one that was named, else beside this program, else where a checkout builds it.</summary>
internal static class NativeBoards
{
    private const string Sources = "firmware/Interop/native/host";
    private const string BuildFolder = $"{Sources}/build";
    private const string HowToBuild = $"build it in the checkout: cmake -S {Sources} -B {BuildFolder}; then: cmake --build {BuildFolder}; or name it: --native FILE";

    /// <param name="named">What the command line says; null to look in the usual places.</param>
    /// <param name="programFolder">Where this program lies.</param>
    /// <exception cref="CliException">There is none, or the file is something else.</exception>
    public static NativeBoardLibrary Load(string? named, string programFolder)
    {
        try
        {
            return NativeBoardLibrary.Load(named ?? Find(programFolder));
        }
        catch (NativeBoardLibraryException exception)
        {
            throw CliException.WrongUsage(exception.Seen, exception.Expected, HowToBuild);
        }
    }

    private static string Find(string programFolder)
    {
        string[] places = [.. Places(programFolder).Select(place => Path.Combine(place, NativeBoardLibrary.FileName))];
        return places.FirstOrDefault(File.Exists)
            ?? throw CliException.WrongUsage($"no {string.Join(" and no ", places)}", $"{NativeBoardLibrary.FileName}, whose boards run the C++ core (Linux)", HowToBuild);
    }

    // Never the working folder: what lies there by chance must not be run.
    private static IEnumerable<string> Places(string programFolder)
    {
        yield return programFolder;
        for (DirectoryInfo? folder = new(programFolder); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "IotAttest.sln")))
            {
                yield return Path.Combine(folder.FullName, BuildFolder);
            }
        }
    }
}
