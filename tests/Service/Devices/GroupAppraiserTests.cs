using System.Collections.Immutable;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Appraisals;
using IotAttest.Service.Devices;
using IotAttest.Service.Reference;
using IotAttest.Support;

namespace IotAttest.Service.Tests;

/// <summary>Random fleets and reference values: a fleet that is appraised group by group shows what it shows board by board.</summary>
public sealed class GroupAppraiserTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid[] Classes = [new("11111111-1111-4111-8111-111111111111"), new("22222222-2222-4222-8222-222222222222")];
    private static readonly string[] Names = ["bootloader", "clr", "config", "deployment"];
    private static readonly AppraisalPolicy Policy = AppraisalPolicy.Default;

    private static readonly Gen<int[]> Contents =
        from count in Gen.Choose(2, Names.Length)
        from contents in Gen.ArrayOf(Gen.Choose(0, 1), count)
        select contents;

    private static readonly Gen<ReferenceBuild> Builds =
        from number in Gen.Choose(0, 1_000_000)
        from product in Gen.Choose(0, 1)
        from contents in Contents
        from securityVersion in Gen.Choose(0, 3)
        from status in Gen.Choose(0, 5)
        from days in Gen.Choose(-1, 2)
        from hours in Gen.Elements(0, 0, 1, 12)
        select Build($"build-{number}", product, contents, securityVersion, status, days, hours);

    private static readonly Gen<Board> Boards =
        from product in Gen.Choose(0, 1)
        from contents in Contents
        from unknown in Gen.Elements(false, false, true)
        from strength in Gen.Elements(EvidenceStrength.SelfReported, EvidenceStrength.Native, EvidenceStrength.HardwareRooted)
        from secureBoot in Gen.Elements<bool?>(null, true, false)
        from highest in Gen.Choose(0, 3)
        from flags in Gen.Choose(0, 7)
        from ageSeconds in Gen.Choose(0, 50_000)
        select new Board(product, contents, unknown, strength, secureBoot, highest, flags, ageSeconds);

    [Fact]
    public void A_fleet_appraised_group_by_group_shows_what_it_shows_board_by_board() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Arb.From(from builds in Gen.ListOf(Builds) from boards in Gen.ListOf(Boards) select (builds, boards)), test =>
        {
            VerdictSource verdicts = Verdicts([.. test.builds.DistinctBy(build => build.Id)]);
            GroupAppraiser appraiser = new(verdicts, Now);

            // Twice: the second time every group is known already.
            return test.boards.Concat(test.boards).Select(EntryOf).All(device => Shown(appraiser.Next(device, device.State)) == Shown(Alone(device, verdicts)));
        }));

    [Fact]
    public void Boards_that_differ_in_nothing_but_name_and_time_share_a_group()
    {
        DeviceEntry one = EntryOf(new Board(0, [1, 1], false, EvidenceStrength.Native, true, 1, 0, 5));
        DeviceEntry other = EntryOf(new Board(0, [1, 1], false, EvidenceStrength.Native, true, 1, 0, 500));
        DeviceEntry stronger = EntryOf(new Board(0, [1, 1], false, EvidenceStrength.HardwareRooted, true, 1, 0, 5));
        DeviceEntry open = EntryOf(new Board(0, [1, 1], false, EvidenceStrength.Native, false, 1, 0, 5));

        Assert.Equal(GroupOf(one), GroupOf(other));
        Assert.NotEqual(GroupOf(one), GroupOf(stronger));
        Assert.NotEqual(GroupOf(one), GroupOf(open));
    }

    [Theory]
    [InlineData(660, "Conformant")]
    [InlineData(661, "Stale")]
    public void Evidence_holds_up_to_its_last_moment(int ageSeconds, string conformity)
    {
        VerdictSource verdicts = Verdicts([Build("build", 0, [1, 1], 1, 1, 2, 0)]);
        DeviceEntry device = EntryOf(new Board(0, [1, 1], false, EvidenceStrength.Native, true, 1, 0, ageSeconds));

        Assert.Equal(conformity, new GroupAppraiser(verdicts, Now).Next(device, device.State).Shown.Conformity.ToString());
    }

    [Fact]
    public void A_board_that_was_never_heard_stays_as_it_is()
    {
        DeviceEntry device = EntryOf(new Board(0, [1, 1], false, EvidenceStrength.Native, true, 1, 0, 5));

        Assert.Same(DeviceState.New, new GroupAppraiser(Verdicts([]), Now).Next(device, DeviceState.New));
    }

    private static DeviceState Alone(DeviceEntry device, VerdictSource verdicts)
    {
        DeviceFacts facts = StickyCauses.Update(device.State.Facts, device.Identity.ClassId, verdicts.ReferenceOf(device), device.State.Facts.Measured);
        DeviceState next = device.State with { Facts = facts };
        return next with { Shown = HistoryMark.Of(verdicts.Of(device, next)) };
    }

    private static string Shown(DeviceState state) => $"{state.Shown} {string.Join(' ', state.Facts.UnknownSets)} {state.Facts.AsOf:O} {state.Facts.Measured!.Hash}";

    private static FleetGroup GroupOf(DeviceEntry device) => FleetGroup.Of(device.Identity, device.State.Facts);

    private static VerdictSource Verdicts(ReferenceBuild[] builds)
    {
        ReferenceDirectory references = new();
        references.Replace("acme", new ManufacturerReference(builds, new Dictionary<Guid, ulong> { [Classes[0]] = 1 }));
        return new VerdictSource(references, new PolicyDirectory(Policy, []), new FakeClock(Now));
    }

    private static ReferenceBuild Build(string id, int product, int[] contents, int securityVersion, int status, int days, int hours)
    {
        CoveringCertificate[] certificates = status == 0
            ? []
            : [new($"C-{id}", "demo", "substantial", EvidenceStrength.Native, (CertificateStatus)status, Now.AddDays(-30), Now.AddDays(days)) { MaximumEvidenceAge = hours == 0 ? null : TimeSpan.FromMinutes(hours), PatchPolicy = PatchPolicy.Open }];
        return new ReferenceBuild(id, Classes[product], "acme", "1", (ulong)securityVersion, Set(contents), [.. certificates], days < 0 ? Now.AddDays(days) : null);
    }

    private static DeviceEntry EntryOf(Board board)
    {
        string ueid = $"01{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";
        DeviceIdentity identity = new(ueid, (ulong)Random.Shared.NextInt64(), DeviceKeyKind.Hmac, OemId.OfNumber(32473), Classes[board.Class], board.Strength, FreshnessMode.Challenge, "acme");
        ImmutableArray<string> unknown = board.HasUnknown ? [Set([9, 9]).Hash] : [];
        DeviceFacts facts = new(
            Now.AddSeconds(-board.AgeSeconds), Set(board.Contents), new BootFacts(board.SecureBoot, null), (board.Flags & 3) == 3, (board.Flags & 5) == 5, unknown, (ulong)board.Highest, null, board.Flags == 7);
        return new DeviceEntry(1, identity, [], [], DeviceState.New with { Facts = facts });
    }

    private static MeasuredSet Set(int[] contents) => new(contents.Select((content, index) => new MeasuredComponent(Names[index], SHA256.HashData([(byte)index, (byte)content]))));

    private sealed record Board(int Class, int[] Contents, bool HasUnknown, EvidenceStrength Strength, bool? SecureBoot, int Highest, int Flags, int AgeSeconds);
}
