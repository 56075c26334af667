using IotAttest.Protocol;

namespace IotAttest.Simulator;

/// <summary>The flash of one board: a shared image, and in a file of the board's own the pages it wrote since.</summary>
public sealed class SimulatedFlash
{
    private const int PageBytes = 4096;

    private readonly FlashImage _image;
    private readonly FlashRegion[] _regions;
    private readonly string _overlayPath;
    private readonly SortedDictionary<int, byte[]> _pages;
    private readonly Lock _gate = new();
    private int _version;
    private FlashWriteHandler? _written;

    /// <summary>Lays a board's own pages over an image.</summary>
    /// <param name="image">The shared image; the caller disposes it after all boards.</param>
    /// <param name="regions">The measured regions, in the order in which evidence names them.</param>
    /// <param name="overlayPath">The file of the pages that this board wrote; made at the first write.</param>
    /// <exception cref="ArgumentException">There is no region, one has no name of the profile or the name of another, or does not lie inside the image.</exception>
    public SimulatedFlash(FlashImage image, IEnumerable<FlashRegion> regions, string overlayPath)
    {
        _image = image;
        _regions = [.. regions];
        _overlayPath = overlayPath;
        _pages = FlashOverlay.Load(overlayPath, PageBytes);
        if (_regions.Length is 0 or > EvidenceProfile.MaxComponents || _regions.DistinctBy(region => region.Name).Count() != _regions.Length)
        {
            throw new ArgumentException($"{_regions.Length} regions are measured; expected 1 to {EvidenceProfile.MaxComponents}, each name once.", nameof(regions));
        }

        foreach (FlashRegion region in _regions)
        {
            if (!EvidenceProfile.IsComponentName(region.Name) || region.Name == EvidenceProfile.Inventory)
            {
                throw new ArgumentException($"A measured region is called {region.Name}; flash has bootloader, partitions, clr, deployment and config.", nameof(regions));
            }

            if (region.Offset < 0 || region.Size <= 0 || region.Offset + region.Size > image.Size)
            {
                throw new ArgumentException($"Region {region.Name} at {region.Offset:X} of {region.Size} bytes lies outside the flash of {image.Size} bytes.", nameof(regions));
            }
        }
    }

    /// <summary>The measured regions.</summary>
    public IReadOnlyList<FlashRegion> Regions => _regions;

    /// <summary>The file of the shared image.</summary>
    internal string ImagePath => _image.Path;

    /// <summary>Grows with every write.</summary>
    internal int Version => Volatile.Read(ref _version);

    /// <summary>The measured region of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public FlashRegion Region(string name) =>
        _regions.FirstOrDefault(region => region.Name == name) ?? throw new ArgumentException($"No measured region is called {name}.", nameof(name));

    /// <summary>Fills a buffer from an offset in flash.</summary>
    public void Read(long offset, Span<byte> buffer)
    {
        lock (_gate)
        {
            _image.Read(offset, buffer);
            foreach ((int page, byte[] content) in _pages)
            {
                CopyOverlap(page, content, offset, buffer);
            }
        }
    }

    /// <summary>Writes bytes at an offset in flash, durably.</summary>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + bytes.Length, _image.Size);
        lock (_gate)
        {
            _written?.Invoke(offset, bytes);
            for (int done = 0; done < bytes.Length;)
            {
                int page = (int)((offset + done) / PageBytes);
                int inPage = (int)((offset + done) % PageBytes);
                int count = Math.Min(PageBytes - inPage, bytes.Length - done);
                bytes.Slice(done, count).CopyTo(PageToWrite(page).AsSpan(inPage));
                done += count;
            }

            _version++;
            FlashOverlay.Save(_overlayPath, _pages);
        }
    }

    /// <summary>Tells a native module, which maps the image, what this board wrote to it; from now on before each write, too.</summary>
    internal void Attach(FlashWriteHandler module)
    {
        lock (_gate)
        {
            foreach ((int page, byte[] content) in _pages)
            {
                long start = (long)page * PageBytes;
                module(start, content.AsSpan(0, (int)Math.Min(PageBytes, _image.Size - start)));
            }

            _written += module;
        }
    }

    internal void Detach(FlashWriteHandler module)
    {
        lock (_gate)
        {
            _written -= module;
        }
    }

    /// <summary>The digest of a region that still equals the shared image, or null when the board wrote to it.</summary>
    internal byte[]? SharedDigest(FlashRegion region)
    {
        lock (_gate)
        {
            bool isWritten = _pages.Keys.Any(page =>
                (page + 1L) * PageBytes > region.Offset && (long)page * PageBytes < region.Offset + region.Size);
            return isWritten ? null : _image.Digest(region);
        }
    }

    private static void CopyOverlap(int page, byte[] content, long offset, Span<byte> buffer)
    {
        long pageStart = (long)page * PageBytes;
        long from = Math.Max(pageStart, offset);
        long to = Math.Min(pageStart + PageBytes, offset + buffer.Length);
        if (from < to)
        {
            content.AsSpan((int)(from - pageStart), (int)(to - from)).CopyTo(buffer[(int)(from - offset)..]);
        }
    }

    private byte[] PageToWrite(int page)
    {
        if (!_pages.TryGetValue(page, out byte[]? content))
        {
            content = new byte[PageBytes];
            Array.Fill(content, FlashImage.Erased);
            long start = (long)page * PageBytes;
            _image.Read(start, content.AsSpan(0, (int)Math.Min(PageBytes, _image.Size - start)));
            _pages.Add(page, content);
        }

        return content;
    }
}
