using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Results;
using IotAttest.Domain.Transparency;
using IotAttest.Service.Builds;
using IotAttest.Service.Certificates;
using IotAttest.Service.Events;
using IotAttest.Service.Hosting;
using IotAttest.Service.Results;
using IotAttest.Service.Transparency;

namespace IotAttest.Service.Registry.Dump;

/// <summary>Writes everything that is public as JSON Lines, page by page: <c>{"type":"certificate","data":{...}}</c>. The first line says when,
/// the last is a signed checkpoint of the transparency log that covers what stands before it.</summary>
internal sealed class DumpWriter(CertificateCatalogue certificates, BuildCatalogue builds, RegistryChanges changes, TransparencyLog log, VerifierKey key, TimeProvider clock)
{
    /// <summary>typ of the JWS header.</summary>
    public const string Type = "iotattest-dump+jwt";

    /// <summary>What the JSON Lines hold; a later change that readers must know of gets another number.</summary>
    public const int Format = 1;

    private const int Page = 1000;

    private static readonly byte[] NewLine = [(byte)'\n'];

    public void Write(Stream stream)
    {
        Line(stream, "dump", new { format = Format, at = UtcText.Of(clock.GetUtcNow()), origin = Checkpoint.OriginOf(key.Signer) });
        WriteCertificates(stream);
        WriteBuilds(stream);
        WriteChanges(stream);
        Checkpoint checkpoint = log.Checkpoint();
        Line(stream, "checkpoint", new { origin = checkpoint.Origin, size = checkpoint.Size, root = checkpoint.Root.ToString(), signed = log.Sign(checkpoint) });
    }

    /// <summary>A compact JWS with the claims iss, iat, date, sha256 and size.</summary>
    public string Sign(string date, Stream dump)
    {
        Sha256Digest digest = new(SHA256.HashData(dump));
        return CompactJws.Sign(
            Type,
            new JsonObject
            {
                ["iss"] = Checkpoint.OriginOf(key.Signer),
                ["iat"] = clock.GetUtcNow().ToUnixTimeSeconds(),
                ["date"] = date,
                ["sha256"] = digest.ToString(),
                ["size"] = dump.Length,
            },
            key.Signer);
    }

    private void WriteCertificates(Stream stream)
    {
        string? cursor = null;
        do
        {
            CertificatePage page = certificates.List(new CertificateFilter(null, null, null, null, Paging.Parse("1000", cursor)));
            foreach (CertificateView view in page.Certificates)
            {
                Line(stream, "certificate", view);
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private void WriteBuilds(Stream stream)
    {
        string? cursor = null;
        do
        {
            BuildPage page = builds.List(null, null, Paging.Parse("1000", cursor));
            foreach (BuildView view in page.Builds)
            {
                Line(stream, "build", view);
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private void WriteChanges(Stream stream)
    {
        IReadOnlyList<EventView> page = changes.After(0, Page);
        while (page.Count > 0)
        {
            foreach (EventView change in page)
            {
                Line(stream, "event", change);
            }

            page = changes.After(EventQuery.Parse(page[^1].Id, null, null, 0).After, Page);
        }
    }

    private static void Line(Stream stream, string type, object data)
    {
        JsonSerializer.Serialize(stream, new { type, data }, JsonSerializerOptions.Web);
        stream.Write(NewLine);
    }
}
