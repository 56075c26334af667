using System.Globalization;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Registry.Dump;

/// <summary>The dumps in the data directory: one a day, the last 30. A dump is there once its signature is: that file is moved into place last.</summary>
internal sealed class DumpStore
{
    public const int MostKept = 30;

    private const string DateFormat = "yyyy-MM-dd";
    private const string Lines = ".jsonl";
    private const string Signature = ".jwt";

    private readonly string _folder;

    public DumpStore(DataDirectory directory)
    {
        _folder = directory.PathOf("dumps");
        Directory.CreateDirectory(_folder);
    }

    public static string DateOf(DateTimeOffset moment) => moment.UtcDateTime.ToString(DateFormat, CultureInfo.InvariantCulture);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<DumpFile> List() =>
        [.. Directory.EnumerateFiles(_folder, $"*{Signature}").Select(Path.GetFileNameWithoutExtension).OfType<string>().OrderDescending(StringComparer.Ordinal).Select(Find).OfType<DumpFile>()];

    /// <param name="date">From outside; null: the newest.</param>
    public DumpFile? Find(string? date)
    {
        if (date is null)
        {
            return List() is [{ } newest, ..] ? newest : null;
        }

        // Nothing but a date becomes part of a path.
        if (!DateOnly.TryParseExact(date, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return null;
        }

        FileInfo lines = new(PathOf(date, Lines));
        return lines.Exists && File.Exists(PathOf(date, Signature)) ? new DumpFile(date, lines.FullName, PathOf(date, Signature), lines.Length) : null;
    }

    /// <summary>Writes a dump aside, flushes it, and moves it into place: no half file is ever read.</summary>
    /// <param name="date">Its day.</param>
    /// <param name="write">Writes the lines.</param>
    /// <param name="sign">Signs the finished file.</param>
    public void Put(string date, Action<Stream> write, Func<Stream, string> sign)
    {
        string aside = PathOf(date, ".new");
        string signature;
        using (FileStream stream = new(aside, FileMode.Create, FileAccess.ReadWrite))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
            stream.Position = 0;
            signature = sign(stream);
        }

        string signatureAside = PathOf(date, ".signing");
        File.WriteAllText(signatureAside, signature);
        File.Move(aside, PathOf(date, Lines), overwrite: true);
        File.Move(signatureAside, PathOf(date, Signature), overwrite: true);
        foreach (DumpFile old in List().Skip(MostKept))
        {
            File.Delete(old.SignaturePath);
            File.Delete(old.Path);
        }
    }

    private string PathOf(string date, string extension) => Path.Combine(_folder, date + extension);
}
