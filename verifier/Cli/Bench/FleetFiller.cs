using System.Data.Common;
using System.Security.Cryptography;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Freshness;
using IotAttest.Domain.Identity;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Protocol;
using IotAttest.Service.Builds;
using IotAttest.Service.Certificates;
using IotAttest.Service.Devices;
using IotAttest.Service.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Cli.Bench;

/// <summary>Writes builds and boards with the statements of the verifier itself, many in one transaction.</summary>
internal sealed class FleetFiller(FleetStore store)
{
    private const int BuildsPerTransaction = 5_000;

    /// <summary>Many: UEIDs and key ids are random, so each transaction touches nearly every page of their indexes.</summary>
    private const int BoardsPerTransaction = 200_000;

    private static readonly string[] Names = [EvidenceProfile.Bootloader, EvidenceProfile.Partitions, EvidenceProfile.Clr, EvidenceProfile.Deployment];

    private readonly Guid[] _classes = [.. Enumerable.Range(0, store.Plan.Classes).Select(_ => Guid.NewGuid())];

    /// <summary>Builds of a class differ in two of four components, as releases do.</summary>
    public static BuildManifest Manifest(Guid classId, int number)
    {
        ComponentDigest[] components = [.. Names.Select((name, index) => new ComponentDigest(name, Sha256Digest.Of(System.Text.Encoding.ASCII.GetBytes($"{classId} {name} {(index < 2 ? 0 : number)}"))))];
        return new BuildManifest(classId, FleetStore.Manufacturer, $"1.0.{number}", 1, components, []);
    }

    public byte[] Sign(BuildManifest manifest) => BuildManifestWriter.Sign(BuildManifestWriter.EncodeBody(manifest), FleetStore.Manufacturer, "bench", store.MakerKey);

    public Task AddBuildsAsync(CancellationToken cancellation) => InTransactionsAsync(
        store.Plan.Builds, BuildsPerTransaction, () => (connection, transaction, number) => AddBuild(connection, transaction, _classes[number % _classes.Length], number), cancellation);

    /// <summary>More builds of one class; a verifier that runs on the store does not see them before it is opened anew.</summary>
    /// <param name="classId">The class.</param>
    /// <param name="first">The number of the first one; no number twice in a class.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellation">Ends it early.</param>
    public Task AddBuildsAsync(Guid classId, int first, int count, CancellationToken cancellation) => InTransactionsAsync(
        count, BuildsPerTransaction, () => (connection, transaction, number) => AddBuild(connection, transaction, classId, first + number), cancellation);

    public async Task AddBoardsAsync(CancellationToken cancellation)
    {
        ManufacturerReference reference = store.Services.GetRequiredService<Service.Reference.ReferenceDirectory>().Of(FleetStore.Manufacturer);
        ReferenceBuild[][] builds = [.. _classes.Select(classId => reference.BuildsOf(classId).ToArray())];
        byte[] spki = store.BoardKey.ExportSubjectPublicKeyInfo();
        List<DeviceStateTable> used = [];
        await InTransactionsAsync(
            store.Plan.Boards,
            BoardsPerTransaction,
            () =>
            {
                DeviceStateTable states = StatesOfTheirOwn();
                used.Add(states);
                DateTimeOffset now = DateTimeOffset.UtcNow;
                return (connection, transaction, number) => AddBoard(connection, transaction, states, now, number, builds[number % builds.Length], spki);
            },
            cancellation);
        used.ForEach(states => states.Dispose());
    }

    // With a queue that nobody reads: the verifier looks at all boards when it starts on them.
    private DeviceStateTable StatesOfTheirOwn() => new(
        store.Services.GetRequiredService<MeasuredSetTable>(), new ReappraisalQueue(), store.Services.GetRequiredService<Service.Appraisals.AppraisalRecorder>(), TimeProvider.System);

    private async Task InTransactionsAsync(int count, int perTransaction, Func<Action<DbConnection, DbTransaction, int>> begin, CancellationToken cancellation)
    {
        StoreWriter writer = store.Services.GetRequiredService<StoreWriter>();
        for (int done = 0; done < count; done += perTransaction)
        {
            int first = done;
            await writer.ExecuteAsync(
                (connection, transaction) =>
                {
                    KeepPages(connection, transaction);
                    Action<DbConnection, DbTransaction, int> add = begin();
                    for (int number = first; number < Math.Min(count, first + perTransaction); number++)
                    {
                        add(connection, transaction, number);
                    }
                },
                cancellation);
        }
    }

    // In KiB, until the store is opened anew.
    private static void KeepPages(DbConnection connection, DbTransaction transaction)
    {
        using DbCommand pragma = connection.CreateCommand();
        pragma.Transaction = transaction;
        pragma.CommandText = "PRAGMA cache_size = -524288";
        pragma.ExecuteNonQuery();
    }

    private void AddBuild(DbConnection connection, DbTransaction transaction, Guid classId, int number)
    {
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        BuildManifest manifest = Manifest(classId, number);
        byte[] file = Sign(manifest);
        SignedCorim signed = Decode(file);
        BuildTable.Insert(connection, transaction, manifest, signed, file, now.ToUnixTimeMilliseconds());
        CertificateEndorsement endorsement = new(
            $"BENCH-{number}", SchemeLevels.OpenScheme, "substantial", FleetStore.Body, signed.Sha256, manifest.ClassId, manifest.Components, now.AddDays(300));
        byte[] certificate = CertificateEndorsementWriter.Sign(CertificateEndorsementWriter.EncodeBody(endorsement), FleetStore.Body, "bench", store.BodyKey);
        CertificateTable.Insert(connection, transaction, endorsement, Decode(certificate), certificate, manifest.CorimId.ToString(), now);
        CertificateEventTable.Insert(connection, transaction, endorsement.CertificateId, new CertificateEvent(now, DecisionKind.Issue, CertificateStatus.Certified, FleetStore.Body, "issued"), "", null);
    }

    private static SignedCorim Decode(byte[] file) =>
        SignedCorim.TryDecode(file, out SignedCorim? signed, out CorimError? error) ? signed : throw new InvalidOperationException(error.ToString());

    private void AddBoard(
        DbConnection connection, DbTransaction transaction, DeviceStateTable states, DateTimeOffset now, int number, ReferenceBuild[] builds, byte[] spki)
    {
        IServiceProvider services = store.Services;
        ReferenceBuild build = builds[RandomNumberGenerator.GetInt32(builds.Length)];
        byte[] ueid = RandomNumberGenerator.GetBytes(EvidenceProfile.UeidBytes);
        ueid[0] = 0x01;

        // Every class has boards with either kind of key.
        EnrolledKey key = number / _classes.Length % 2 == 0
            ? new EnrolledKey(DeviceKeyKind.Hmac, RandomNumberGenerator.GetBytes(32), Kid.OfUeid(ueid))
            : new EnrolledKey(DeviceKeyKind.P256, spki, new Kid(BitConverter.ToUInt64(ueid, 1)));
        DeviceIdentity identity = new(Ueid.ToHex(ueid), key.Kid.Value, key.Kind, Domain.Devices.OemId.OfNumber(FleetStore.OemId), build.ClassId, EvidenceStrength.Native, FreshnessMode.Challenge, FleetStore.Manufacturer);
        DeviceTable table = services.GetRequiredService<DeviceTable>();
        byte[] hash = RandomNumberGenerator.GetBytes(32);
        long row = table.TryInsert(connection, transaction, new EnrolmentRecord(identity, ueid, key, null, null), table.MarkOf(key), hash, now.ToUnixTimeMilliseconds())!.Value;
        DeviceEntry entry = new(row, identity, key.Material, hash, DeviceState.New);
        states.Write(connection, transaction, entry, DeviceState.New, StateOf(entry, build, now), "evidence");
    }

    private DeviceState StateOf(DeviceEntry entry, ReferenceBuild build, DateTimeOffset now)
    {
        DeviceFacts facts = DeviceFacts.New with { AsOf = now, Measured = build.Measured, HighestSecurityVersion = build.SecurityVersion, LastBuild = build.Id };
        BootCounters baseline = new(1, BitConverter.ToUInt128(RandomNumberGenerator.GetBytes(16)), 60);
        DeviceState state = new(new FreshnessStamp(1, now.ToUnixTimeMilliseconds()), baseline, RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32), facts, 1, HistoryMark.None);
        return state with { Shown = HistoryMark.Of(store.Services.GetRequiredService<VerdictSource>().Of(entry, state, now)) };
    }
}
