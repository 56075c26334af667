using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IotAttest.Domain.Appraisal;
using IotAttest.Service.Devices;

namespace IotAttest.Service.Appraisals;

/// <summary>Appraisals and extracts in the database, each stored once however many boards it was about. Used on the writer thread only.</summary>
internal sealed class AppraisalTable : IDisposable
{
    private const char Separator = '\u001F';

    private static readonly string[] Columns =
    [
        "extract_id", "verdict_digest", "has_times", "build", "policy", "advisories", "set_hash", "key_kind", "secure_boot", "debug_status", "identity_conflict", "claim_mismatch",
        "unknown_sets", "highest_security", "last_build", "decommissioned",
    ];

    private readonly OnceRows _extracts;
    private readonly OnceRows _appraisals;

    public AppraisalTable(DbConnection connection)
    {
        DbCommand addExtract = connection.CreateCommand();
        addExtract.CommandText = "INSERT INTO appraisal_extracts (hash, body) VALUES (@hash, @body) RETURNING id";
        DbCommand findExtract = connection.CreateCommand();
        findExtract.CommandText = "SELECT id FROM appraisal_extracts WHERE hash = @hash";
        _extracts = new OnceRows(addExtract, findExtract, ["body"]);

        DbCommand add = connection.CreateCommand();
        add.CommandText = $"INSERT INTO appraisals (hash, {string.Join(", ", Columns)}) VALUES (@hash, {string.Join(", ", Columns.Select(column => "@" + column))}) RETURNING id";
        DbCommand find = connection.CreateCommand();
        find.CommandText = "SELECT id FROM appraisals WHERE hash = @hash";
        _appraisals = new OnceRows(add, find, Columns);
    }

    /// <summary>The row of an extract, made when it is new.</summary>
    public long FindOrAddExtract(DbTransaction transaction, byte[] body) => _extracts.FindOrAdd(transaction, SHA256.HashData(body), [body]);

    /// <summary>The row of what this board shares with others, made when it is new.</summary>
    public long FindOrAdd(DbTransaction transaction, long extractId, byte[] verdictDigest, DeviceEntry device, DeviceState state)
    {
        (DeviceFacts facts, HistoryMark shown) = (state.Facts, state.Shown);
        object?[] values =
        [
            extractId,
            verdictDigest,
            0L,
            shown.Build,
            shown.Policies,
            shown.Advisories,
            facts.Measured?.Hash,
            (long)device.Identity.KeyKind,
            facts.BootFacts.SecureBoot is { } secure ? (secure ? 1L : 0L) : null,
            (long?)facts.BootFacts.DebugStatus,
            facts.HasIdentityConflict ? 1L : 0L,
            facts.HasClaimMismatch ? 1L : 0L,
            facts.UnknownSets.IsEmpty ? null : string.Join(' ', facts.UnknownSets),
            (long)facts.HighestSecurityVersion,
            facts.LastBuild,
            facts.IsDecommissioned ? 1L : 0L,
        ];
        return _appraisals.FindOrAdd(transaction, HashOf(values), values);
    }

    /// <summary>Forgets the rows of a transaction that failed.</summary>
    public void Reset()
    {
        _extracts.Reset();
        _appraisals.Reset();
    }

    public void Dispose()
    {
        _extracts.Dispose();
        _appraisals.Dispose();
    }

    // No value holds the separator: ids, digests and numbers.
    private static byte[] HashOf(object?[] values)
    {
        StringBuilder text = new(512);
        foreach (object? value in values)
        {
            text.Append(value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture)).Append(value is null ? '-' : '.').Append(Separator);
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
