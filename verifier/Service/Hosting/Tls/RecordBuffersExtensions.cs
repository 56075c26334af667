using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Hosting.Tls;

internal static class RecordBuffersExtensions
{
    /// <summary>Releases the record buffers of idle connections. Stands between <c>UseHttps</c> and what reads: there the handshake is done and nothing is under way.</summary>
    public static void UseReleasedBuffers(this ListenOptions listen)
    {
        ILogger logger = listen.ApplicationServices.GetRequiredService<ILogger<RecordBuffers>>();
        int said = 0;
        listen.Use(next => connection =>
        {
            bool isReleased = connection.Features.Get<ISslStreamFeature>() is { } tls && RecordBuffers.Current.Release(tls.SslStream);
            if (!isReleased && RecordBuffers.Current.Obstacle is { } obstacle && Interlocked.Exchange(ref said, 1) == 0)
            {
                logger.BuffersStay(obstacle);
            }

            return next(connection);
        });
    }
}
