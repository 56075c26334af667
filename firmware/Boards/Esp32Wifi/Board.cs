using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using System.Threading;

using IotAttest.Agent;
using IotAttest.Interop;
using IotAttest.Protocol;

using nanoFramework.M2Mqtt;
using nanoFramework.Networking;

namespace IotAttest.Boards.Esp32Wifi
{
    /// <summary>An ESP32 on Wi-Fi. Network name and password lie in the board's configuration, where a flashing tool puts them.</summary>
    internal sealed class Board : IBoard
    {
        private const int NetworkWaitMs = 120000;

        /// <inheritdoc/>
        public bool Connect()
        {
            if (!Sntp.IsStarted)
            {
                Sntp.Start();
            }

            using (CancellationTokenSource wait = new CancellationTokenSource(NetworkWaitMs))
            {
                return WifiNetworkHelper.Reconnect(true, 0, wait.Token);
            }
        }

        /// <inheritdoc/>
        public AgentOptions CreateOptions()
        {
            return new AgentOptions
            {
                Host = Settings.Host,
                Port = Settings.Port,
                CaCertificate = Settings.CaPem.Length > 0 ? new X509Certificate(Settings.CaPem) : null,
            };
        }

        /// <inheritdoc/>
        public ISelfReport CreateSelfReport(DeviceStateStore store, IFileStore files)
        {
            if (Settings.NeedsNativeModule())
            {
                return null;
            }

            EvidenceFacts facts = new EvidenceFacts
            {
                ClassId = Settings.ClassId(),
                OemId = Settings.OemId,
                SoftwareName = Settings.SoftwareName,
                SoftwareVersion = Settings.SoftwareVersion,
            };
            InventoryText text = InventoryText.OfThisBoard(Assemblies());
            return new SelfReport(store, facts, new InventoryMeasurer(text, files, Settings.MeasuredFiles()));
        }

        private static Assembly[] Assemblies()
        {
            return new Assembly[]
            {
                typeof(object).Assembly,
                typeof(MqttClient).Assembly,
                typeof(Topics).Assembly,
                typeof(AttestationAgent).Assembly,
                typeof(SelfReport).Assembly,
                typeof(NativeAttester).Assembly,
                typeof(BoardStart).Assembly,
                typeof(Board).Assembly,
            };
        }
    }
}
