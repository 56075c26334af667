using System.Runtime.InteropServices;

using IotAttest.Protocol;

namespace IotAttest.Simulator;

/// <summary>What a native board is, as <c>board_c_api.h</c> lays it out; the library refuses another size.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeBoardSettings
{
    public const int MaxRegions = 5;

    // The order of Name in firmware/Interop/native/core/ops.h.
    private static readonly string[] Names =
        [EvidenceProfile.Bootloader, EvidenceProfile.Partitions, EvidenceProfile.Clr, EvidenceProfile.Deployment, EvidenceProfile.Config];

    public uint Size;
    public int Algorithm;
    [MarshalAs(UnmanagedType.LPUTF8Str)]
    public string FlashPath;
    [MarshalAs(UnmanagedType.LPUTF8Str)]
    public string BootCountPath;
    [MarshalAs(UnmanagedType.LPUTF8Str)]
    public string? HardwareVersion;
    [MarshalAs(UnmanagedType.LPUTF8Str)]
    public string? SoftwareName;
    [MarshalAs(UnmanagedType.LPUTF8Str)]
    public string? SoftwareVersion;
    [MarshalAs(UnmanagedType.ByValArray, SizeConst = EvidenceProfile.UeidBytes)]
    public byte[] Ueid;
    [MarshalAs(UnmanagedType.ByValArray, SizeConst = EvidenceProfile.HardwareModelBytes)]
    public byte[] ClassId;
    [MarshalAs(UnmanagedType.ByValArray, SizeConst = CoseLabel.KeyIdBytes)]
    public byte[] KeyId;
    public sbyte OemBoot;
    public sbyte DebugStatus;
    public uint OemId;
    public uint RegionCount;
    [MarshalAs(UnmanagedType.ByValArray, SizeConst = MaxRegions)]
    public NativeBoardRegion[] Regions;

    /// <exception cref="ArgumentOutOfRangeException">The board has more regions than the native module measures, or an oemid above 2^32-1.</exception>
    public static NativeBoardSettings Of(SimulatedBoardOptions options, SimulatedFlash flash, IEvidenceAuthenticator authenticator)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(flash.Regions.Count, MaxRegions);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)options.OemId, uint.MaxValue);
        NativeBoardRegion[] regions = new NativeBoardRegion[MaxRegions];
        flash.Regions.Select(RegionOf).ToArray().CopyTo(regions, 0);
        return new NativeBoardSettings
        {
            Size = (uint)Marshal.SizeOf<NativeBoardSettings>(),
            Algorithm = authenticator.Algorithm,
            FlashPath = flash.ImagePath,
            BootCountPath = Path.GetFullPath(Path.Combine(options.DataFolder, BootCounter.FileName)),
            HardwareVersion = options.HardwareVersion,
            SoftwareName = options.SoftwareName,
            SoftwareVersion = options.SoftwareVersion,
            Ueid = options.Identity.Ueid,
            ClassId = options.ClassId.ToByteArray(bigEndian: true),
            KeyId = authenticator.KeyId,
            OemBoot = (sbyte)options.OemBoot,
            DebugStatus = (sbyte)options.DebugStatus,
            OemId = (uint)options.OemId,
            RegionCount = (uint)flash.Regions.Count,
            Regions = regions,
        };
    }

    private static NativeBoardRegion RegionOf(FlashRegion region) =>
        new() { Name = (uint)Array.IndexOf(Names, region.Name), Length = (uint)region.Size, Offset = (ulong)region.Offset };
}
